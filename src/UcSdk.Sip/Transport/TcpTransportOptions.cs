namespace UcSdk.Sip;

/// <summary>How a <see cref="TcpTransport"/> listens, connects and gives up.</summary>
public sealed record TcpTransportOptions
{
    /// <summary>The defaults: no listener, the default limits.</summary>
    public static TcpTransportOptions Default { get; } = new();

    /// <summary>Where to listen: an address, <c>0.0.0.0</c>, <c>[::]</c> or a name, with port 0 for any free port; default null: connect only.</summary>
    public SipTransportAddress? Listen { get; init; }

    /// <summary>What a peer may send and how much may wait for it; default <see cref="SipLimits.Default"/>.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>How long opening a connection may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an orderly close waits for queued bytes to leave and for the peer to close too, before it resets; default 2 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections that the system keeps waiting until they are accepted; default 512.</summary>
    public int Backlog { get; init; } = 512;

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock of the timeouts, for a transport that is not made for an endpoint's loop; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
