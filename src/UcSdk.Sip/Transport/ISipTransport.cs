namespace UcSdk.Sip;

/// <summary>
/// Carries whole SIP messages over flows. An implementation knows connections and bytes and nothing else: no transactions, no routing.
/// It is easy to mock: no spans, no by-reference parameters.
/// </summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>As in Via: TCP, TLS, UDP.</summary>
    string Name { get; }

    /// <summary>Where it listens, with the port that was really taken; null when it only connects or is not started.</summary>
    SipTransportAddress? ListenAddress { get; }

    /// <summary>Begins to listen, where it has an address for that, and to report to <paramref name="events"/>. Called once.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken);

    /// <summary>Opens a flow.</summary>
    /// <exception cref="IOException">The peer cannot be reached.</exception>
    Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one whole message. Messages on one flow go out in the order of the calls. The task ends when the transport has taken the
    /// message, which says nothing about its arrival; from then on the bytes are the caller's again, who may write over them.
    /// </summary>
    /// <exception cref="IOException">The flow is gone; <see cref="ISipTransportEvents.FlowClosed"/> tells why.</exception>
    ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>
    /// Sends what keeps the flow alive when nothing else is said on it: the double CRLF of RFC 5626 §3.5.1 and [MS-CONMGMT], on every
    /// transport of this library.
    /// </summary>
    /// <exception cref="IOException">The flow is gone.</exception>
    ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken) => SendAsync(flow, StreamIntake.Ping, cancellationToken);

    /// <summary>Closes one flow in order; a flow that is gone already is no error.</summary>
    Task CloseAsync(SipFlow flow, CancellationToken cancellationToken);
}
