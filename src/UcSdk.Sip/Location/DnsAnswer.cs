namespace UcSdk.Sip;

/// <summary>The answer to one question.</summary>
/// <param name="Status">What the server said.</param>
/// <param name="Records">The records of the answer and additional sections, aliases included; for a negative answer the SOA where there is one.</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<DnsRecord> Records)
{
    /// <summary>An answer that holds nothing.</summary>
    public static DnsAnswer Of(DnsStatus status) => new(status, []);
}
