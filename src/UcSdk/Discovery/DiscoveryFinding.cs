using UcSdk.Sip;

namespace UcSdk;

/// <summary>What one step of the discovery found out.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Detail">The reason in words; empty where the outcome says it all.</param>
/// <param name="Servers">What was found, best first.</param>
internal sealed record DiscoveryFinding(DiscoveryOutcome Outcome, string Detail, IReadOnlyList<SipTransportAddress> Servers)
{
    /// <summary>True when nobody could be asked at all, so that the next way of asking the same is worth its while.</summary>
    public bool NobodyAsked { get; init; }

    public static DiscoveryFinding Of(DiscoveryOutcome outcome, string detail = "") => new(outcome, detail, []);

    public static DiscoveryFinding Found(IReadOnlyList<SipTransportAddress> servers, string detail = "") => new(DiscoveryOutcome.Found, detail, servers);
}
