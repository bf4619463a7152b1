using System.Globalization;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>One question of the discovery and what came of it.</summary>
/// <param name="Source">Where was looked.</param>
/// <param name="Question">What was asked: a URL without its query, a DNS name, or the address that was remembered. Never the user's address.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">The reason in words; empty where the outcome says it all.</param>
/// <param name="Servers">The servers that were found, in the order in which they are tried.</param>
/// <param name="Took">How long it took.</param>
public sealed record DiscoveryAttempt(
    DiscoverySource Source,
    string Question,
    DiscoveryOutcome Outcome,
    string Detail,
    IReadOnlyList<SipTransportAddress> Servers,
    TimeSpan Took)
{
    /// <summary>One line: source, question, outcome, detail, time.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Source} {Question}: {Outcome}{(Detail.Length == 0 ? "" : $" ({Detail})")}{(Servers.Count == 0 ? "" : $" {string.Join(", ", Servers)}")}, {Took.TotalSeconds:0.###} s");
}
