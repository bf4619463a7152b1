using System.Net;

namespace UcSdk.Sip;

/// <summary>One DNS record that is understood here; others are passed over.</summary>
/// <param name="Name">Whose record it is, without the last dot.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
public abstract record DnsRecord(string Name, TimeSpan TimeToLive)
{
    /// <summary>A or AAAA.</summary>
    public sealed record Address(string Name, TimeSpan TimeToLive, IPAddress Value) : DnsRecord(Name, TimeToLive);

    /// <summary>CNAME.</summary>
    public sealed record Alias(string Name, TimeSpan TimeToLive, string Target) : DnsRecord(Name, TimeToLive);

    /// <summary>SRV (RFC 2782).</summary>
    /// <param name="Name">Whose record it is.</param>
    /// <param name="TimeToLive">How long it may be kept.</param>
    /// <param name="Priority">0–65535, the lowest is tried first.</param>
    /// <param name="Weight">0–65535, the share among those of one priority.</param>
    /// <param name="Port">0–65535.</param>
    /// <param name="Target">The host; empty (the root) when the service is decidedly not there.</param>
    public sealed record Service(string Name, TimeSpan TimeToLive, int Priority, int Weight, int Port, string Target) : DnsRecord(Name, TimeToLive);

    /// <summary>NAPTR (RFC 3403 §4).</summary>
    /// <param name="Name">Whose record it is.</param>
    /// <param name="TimeToLive">How long it may be kept.</param>
    /// <param name="Order">The order in which records must be looked at.</param>
    /// <param name="Preference">The order among those of one order.</param>
    /// <param name="Flags">For SIP <c>S</c>: an SRV name follows.</param>
    /// <param name="ServiceName">For SIP <c>SIP+D2U</c>, <c>SIP+D2T</c>, <c>SIPS+D2T</c> (RFC 3263 §4.1).</param>
    /// <param name="Expression">A substitution; empty for SIP.</param>
    /// <param name="Replacement">The next name to ask for.</param>
    public sealed record NamingAuthority(
        string Name, TimeSpan TimeToLive, int Order, int Preference, string Flags, string ServiceName, string Expression, string Replacement)
        : DnsRecord(Name, TimeToLive);

    /// <summary>SOA; only the time for which a negative answer holds (RFC 2308 §4).</summary>
    public sealed record Authority(string Name, TimeSpan TimeToLive, TimeSpan Minimum) : DnsRecord(Name, TimeToLive);
}
