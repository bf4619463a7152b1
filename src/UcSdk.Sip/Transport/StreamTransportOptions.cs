namespace UcSdk.Sip;

/// <summary>How a transport over streams listens, connects and gives up.</summary>
public abstract record StreamTransportOptions
{
    private protected StreamTransportOptions()
    {
    }

    /// <summary>Where to listen: an address, <c>0.0.0.0</c>, <c>[::]</c> or a name, with port 0 for any free port; default null: connect only.</summary>
    public SipTransportAddress? Listen { get; init; }

    /// <summary>A transport that was started before and whose port is taken where <see cref="Listen"/> has port 0.</summary>
    internal ISipTransport? Beside { get; init; }

    /// <summary>What a peer may send and how much may wait for it; default <see cref="SipLimits.Default"/>.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>How long opening a connection may take, the TLS handshake of either side included; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an orderly close waits for queued bytes to leave and for the peer to close too, before it resets; default 2 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Connections from one remote address at once; default 1,000. Further ones are closed on arrival. What holds for all addresses together is
    /// <see cref="SipLimits.MaxConnections"/>.
    /// </summary>
    public int MaxConnectionsPerAddress { get; init; } = 1000;

    /// <summary>After how long without a byte from the peer a connection that it opened is closed; default zero: never.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>
    /// How long a ping of ours may wait for its pong (RFC 5626 §4.4.1, 10 s) before the connection counts as lost; default zero: peers of
    /// [MS-CONMGMT] answer none.
    /// </summary>
    public TimeSpan PongTimeout { get; init; }

    /// <summary>How long a message that was begun may take to arrive whole; default 30 s.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections that the system keeps waiting until they are accepted; default 512.</summary>
    public int Backlog { get; init; } = 512;

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock of the timeouts, for a transport that is not made for an endpoint's loop; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
