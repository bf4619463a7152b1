namespace UcSdk.Sip;

/// <summary>How a <see cref="FlowKeeper"/> keeps its flow (RFC 5626 §4.5).</summary>
public sealed record FlowKeeperOptions
{
    /// <summary>Where the flow leads.</summary>
    public required SipTransportAddress Target { get; init; }

    /// <summary>
    /// The base time of the back-off: after the nth failure in a row the wait is by chance between half and the whole of base · 2ⁿ. Default 30 s, the RFC's
    /// value for when no flow is left; 90 s is its value for a flow beside others.
    /// </summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest whole; default 1,800 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>A flow that lasted as long was a success: when it breaks, the next attempt comes at once. Default 120 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(120);
}
