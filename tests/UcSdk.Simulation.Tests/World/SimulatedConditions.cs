using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>What the two networks of a simulated world are like.</summary>
internal sealed record SimulatedConditions
{
    public static readonly SimulatedConditions Perfect = new();

    /// <summary>Signalling: streams, which are delayed but lose nothing.</summary>
    public NetworkConditions Signalling { get; init; } = NetworkConditions.Perfect;

    /// <summary>Media: datagrams, with which everything may happen.</summary>
    public NetworkConditions Media { get; init; } = NetworkConditions.Perfect;

    /// <summary>The longest piece in which stream bytes arrive; null: as they were sent.</summary>
    public int? MaxSegmentBytes { get; init; }

    /// <summary>Whether everything sent is kept.</summary>
    public bool KeepTranscript { get; init; }

    /// <summary>A network as people have it on a bad day, drawn by chance.</summary>
    public static SimulatedConditions Draw(RandomSource random) => new()
    {
        Signalling = new()
        {
            Delay = TimeSpan.FromMilliseconds(random.Next(40)),
            Jitter = TimeSpan.FromMilliseconds(random.Next(60)),
        },
        Media = new()
        {
            Delay = TimeSpan.FromMilliseconds(random.Next(40)),
            Jitter = TimeSpan.FromMilliseconds(random.Next(60)),
            Loss = random.Next(10) / 100.0,
            Duplication = random.Next(5) / 100.0,
        },
        MaxSegmentBytes = random.Next(4) == 0 ? 1 + random.Next(600) : null,
    };
}
