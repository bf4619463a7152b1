namespace UcSdk.Media;

/// <summary>What an in-memory media network does to the datagrams it carries. Checked when the network is created.</summary>
public sealed record MemoryMediaNetworkOptions
{
    /// <summary>The least time that a datagram takes; default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Up to this much is added to <see cref="Delay"/>, evenly distributed, so that datagrams overtake each other; default none.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of datagrams that vanish, 0…1; default 0.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0…1; default 0.</summary>
    public double Duplication { get; init; }

    /// <summary>The same seed gives the same loss, delays and repetitions; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The clock of the delays; default the system's.</summary>
#pragma warning disable RS0030 // The default of an option may name the system clock.
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    internal Core.NetworkConditions ToConditions()
    {
        ArgumentNullException.ThrowIfNull(Time, nameof(Time));
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero, nameof(Delay));
        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, TimeSpan.Zero, nameof(Jitter));
        ThrowIfNotShare(Loss, nameof(Loss));
        ThrowIfNotShare(Duplication, nameof(Duplication));
        return new() { Delay = Delay, Jitter = Jitter, Loss = Loss, Duplication = Duplication };
    }

    private static void ThrowIfNotShare(double value, string name)
    {
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A share lies between 0 and 1.");
        }
    }
}
