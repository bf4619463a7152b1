namespace UcSdk;

/// <summary>
/// Which hosts may be believed that were named by somebody who did not prove who he is: a DNS answer, or an answer over plain HTTP. It is the check that
/// desktop clients make since Lync 2010 before they ask their user: a host counts when it is in the domain of the user, or in one that is trusted, directly or
/// below it. The TLS certificate must then be for that very host. What a server proves over TLS to be of the user's domain may name any host.
/// </summary>
internal sealed class ServerTrust(string domain, IReadOnlyList<string> trustedDomains)
{
    public bool Allows(string host) => IsIn(host, domain) || trustedDomains.Any(trusted => IsIn(host, trusted));

    public string Refuse(string host) => $"{host} is outside of {domain} and of the trusted server domains";

    private static bool IsIn(string host, string domain)
    {
        var (name, zone) = (host.TrimEnd('.'), domain.Trim('.'));
        return name.Equals(zone, StringComparison.OrdinalIgnoreCase)
            || (name.Length > zone.Length && name[^(zone.Length + 1)] == '.' && name.EndsWith(zone, StringComparison.OrdinalIgnoreCase));
    }
}
