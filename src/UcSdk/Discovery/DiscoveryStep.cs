namespace UcSdk;

/// <summary>One question of the discovery.</summary>
/// <param name="Source">Where is looked.</param>
/// <param name="Question">What is asked, as a report may show it.</param>
/// <param name="AskAsync">Asks. It throws nothing but cancellation.</param>
internal sealed record DiscoveryStep(DiscoverySource Source, string Question, Func<CancellationToken, Task<DiscoveryFinding>> AskAsync)
{
    /// <summary>What is asked when nobody could be asked this; null for nothing.</summary>
    public DiscoveryStep? Otherwise { get; init; }
}
