namespace UcSdk.Sip;

/// <summary>What a transport tells the endpoint that started it. Calls may come on any thread; per flow they come in order.</summary>
public interface ISipTransportEvents
{
    /// <summary>A peer has opened a flow to us. Flows that we open are announced by the result of <see cref="ISipTransport.ConnectAsync"/> instead.</summary>
    void FlowOpened(SipFlow flow);

    /// <summary>One whole message has arrived; the bytes belong to the receiver.</summary>
    void MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message);

    /// <summary>The peer has sent a keep-alive: a double CRLF ([MS-CONMGMT], RFC 5626 §3.5.1), or by UDP line ends or STUN. Answered already where it wants an answer.</summary>
    void KeepAliveReceived(SipFlow flow)
    {
    }

    /// <summary>The flow is gone, however it was opened; nothing follows for it.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="end">Why.</param>
    /// <param name="error">What the network or the framing said; null when there is nothing to add.</param>
    void FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error);
}
