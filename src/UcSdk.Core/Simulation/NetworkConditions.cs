namespace UcSdk.Core;

/// <summary>What an in-memory network does to what travels over it.</summary>
internal sealed record NetworkConditions
{
    public static readonly NetworkConditions Perfect = new();

    /// <summary>The least time a message takes; default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Up to this much is added to <see cref="Delay"/>, evenly distributed; default none. It reorders datagrams, never a stream.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of datagrams that vanish, 0…1; default 0. A stream loses nothing.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0…1; default 0.</summary>
    public double Duplication { get; init; }

    public TimeSpan NextDelay(RandomSource random) =>
        Jitter <= TimeSpan.Zero ? Delay : Delay + new TimeSpan((long)(Jitter.Ticks * random.NextDouble()));

    public bool IsLost(RandomSource random) => Loss > 0 && random.NextDouble() < Loss;

    public bool IsDuplicated(RandomSource random) => Duplication > 0 && random.NextDouble() < Duplication;
}
