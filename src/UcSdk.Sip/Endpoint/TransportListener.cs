namespace UcSdk.Sip;

/// <summary>Brings what one transport says, on whatever thread, onto the endpoint's loop.</summary>
internal sealed class TransportListener(SipEndpoint endpoint, ISipTransport transport) : ISipTransportEvents
{
    public ISipTransport Transport => transport;

    public void FlowOpened(SipFlow flow) => endpoint.Loop.Post(() => endpoint.OnFlowOpened(transport, flow));

    public void MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message) => endpoint.Loop.Post(() => endpoint.OnMessage(transport, flow, message));

    public void FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => endpoint.Loop.Post(() => endpoint.OnFlowClosed(flow, end, error));
}
