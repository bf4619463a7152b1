namespace UcSdk.Sip;

/// <summary>What a server says of itself in its challenge ([MS-NLMP] §2.2.2.1).</summary>
/// <param name="Computer">NetBIOS name of the machine.</param>
/// <param name="Domain">NetBIOS name of its domain.</param>
/// <param name="DnsComputer">Name of the machine in DNS.</param>
/// <param name="DnsDomain">Name of its domain in DNS, which is taken for the name of the forest too.</param>
internal sealed record NtlmServerNames(string Computer, string Domain, string DnsComputer, string DnsDomain)
{
    // Longer names do not exist in NetBIOS.
    private const int MaxNetBiosName = 15;

    /// <summary>The names of a machine that is called <c>fe.contoso.com</c>: FE, CONTOSO, fe.contoso.com, contoso.com.</summary>
    public static NtlmServerNames Of(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var domain = dot < 0 ? host : host[(dot + 1)..];
        return new(ToNetBios(host), ToNetBios(domain), host, domain);
    }

    /// <summary>The AV pairs, in the order of the servers of this family.</summary>
    public NtlmTargetInfo Describe(ulong fileTime) => new(
        NtlmTargetInfo.Name(NtlmAvId.DomainName, Domain),
        NtlmTargetInfo.Name(NtlmAvId.ComputerName, Computer),
        NtlmTargetInfo.Name(NtlmAvId.DnsDomainName, DnsDomain),
        NtlmTargetInfo.Name(NtlmAvId.DnsComputerName, DnsComputer),
        NtlmTargetInfo.Name(NtlmAvId.DnsTreeName, DnsDomain),
        NtlmTargetInfo.Time(fileTime));

    private static string ToNetBios(string name)
    {
        var label = name.Split('.')[0].ToUpperInvariant();
        return label.Length > MaxNetBiosName ? label[..MaxNetBiosName] : label;
    }
}
