namespace UcSdk.Sip;

/// <summary>How a <see cref="UdpTransport"/> listens and what it bears.</summary>
public sealed record UdpTransportOptions
{
    /// <summary>The defaults: any free port of any address.</summary>
    public static UdpTransportOptions Default { get; } = new();

    /// <summary>
    /// Where to listen: an address, <c>0.0.0.0</c>, <c>[::]</c> (which takes IPv4 too) or a name, with port 0 for any free port. Default null: a
    /// free port of any address, which can call and be answered.
    /// </summary>
    public SipTransportAddress? Listen { get; init; }

    /// <summary>What a peer may send; default <see cref="SipLimits.Default"/>. A datagram beyond it is dropped and counted.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>Peers that are remembered at once; default 100,000. The one that has been silent longest gives way to a new one.</summary>
    public int MaxFlows { get; init; } = 100_000;

    /// <summary>
    /// After how much silence in both directions a peer is forgotten, which ends its flow; default 4 hours, more than any registration is
    /// granted. Zero for never.
    /// </summary>
    public TimeSpan FlowIdleTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a STUN keep-alive may stay unanswered, repeated by RFC 5389 §7.2.1, before its flow counts as lost; default 39.5 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(39.5);

    /// <summary>The socket's receive and send buffers in bytes; default 4 MiB, which the system may cut down.</summary>
    public int SocketBufferBytes { get; init; } = 4 * 1024 * 1024;

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock of the timeouts, for a transport that is not made for an endpoint's loop; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
