using System.Net;

namespace UcSdk;

/// <summary>
/// Where servers of a user may be that somebody names who has not proved to be the user's server: a DNS answer, an answer over plain HTTP, a redirection. It is the check
/// that desktop clients make since Lync 2010 before they ask their user; the TLS certificate must then be for that very host.
/// </summary>
/// <param name="domain">The domain of the user's address.</param>
/// <param name="others">Further domains.</param>
internal sealed class TrustedDomains(string domain, IReadOnlyList<string> others)
{
    /// <summary>The host is in one of the domains, or is one of them.</summary>
    public bool Contains(string host) => IsWithin(host, domain) || others.Any(other => IsWithin(host, other));

    /// <summary>Why a host that is not in them is not used.</summary>
    public string Refuse(string host) => $"{host} is outside of {domain} and of the trusted server domains";

    /// <summary>Both are the same host, or hosts of one domain of at least two labels: who connects to <c>dir.corp.local</c> takes <c>pool.corp.local</c> for its like.</summary>
    public static bool AreNeighbours(string host, string other)
    {
        if (host.Equals(other, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && !IPAddress.TryParse(host, out _) && host.IndexOf('.', dot + 1) > 0 && IsWithin(other, host[(dot + 1)..]);
    }

    private static bool IsWithin(string host, string domain) => IsAtOrBelow(host.TrimEnd('.'), domain.Trim('.'));

    private static bool IsAtOrBelow(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (host.Length > domain.Length && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(host, out _));
}
