namespace UcSdk.Sip;

/// <summary>The kinds of DNS records that finding a SIP server needs, by their numbers (RFC 1035 §3.2.2, RFC 3596, RFC 2782, RFC 3403).</summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>Another name for the name.</summary>
    Cname = 5,

    /// <summary>Where a zone begins; in a negative answer, how long it may be believed.</summary>
    Soa = 6,

    /// <summary>An IPv6 address.</summary>
    Aaaa = 28,

    /// <summary>Host and port of a service.</summary>
    Srv = 33,

    /// <summary>Which services a domain has.</summary>
    Naptr = 35,
}
