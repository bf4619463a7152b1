namespace UcSdk.Sip;

/// <summary>What a <see cref="MemoryNetwork"/> does to what travels over it.</summary>
public sealed record MemoryNetworkOptions
{
    /// <summary>A network without delay that loses nothing.</summary>
    public static MemoryNetworkOptions Default { get; } = new();

    /// <summary>Where its chances begin: the same seed and the same traffic give the same transcript. Default null: drawn anew.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The least time anything takes from one host to another; default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Up to this much is added to <see cref="Delay"/>, evenly distributed; default none. It reorders datagrams, never a stream.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of datagrams that vanish, 0…1; default 0. A stream loses nothing.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0…1; default 0.</summary>
    public double Duplication { get; init; }

    /// <summary>The longest piece in which stream bytes arrive, 1 or more; default null: as they were sent. Small pieces try the framing.</summary>
    public int? MaxSegmentBytes { get; init; }

    /// <summary>How long opening a stream may take before it fails; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the transports accept; default <see cref="SipLimits.Default"/>. MaxConnections and MaxUnsentBytes have no meaning here.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>False to keep no transcript, for long load runs; default true.</summary>
    public bool KeepTranscript { get; init; } = true;

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock; default the system's. Not used by a network that is made for a simulation.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
