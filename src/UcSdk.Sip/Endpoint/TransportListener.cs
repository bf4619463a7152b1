using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Brings what one transport says onto the endpoint's loop: at once where it is there already, posted from any other thread.</summary>
internal sealed class TransportListener(SipEndpoint endpoint, ISipTransport transport) : ISipTransportEvents, ILoopOwner
{
    public SerialLoop Loop => endpoint.Loop;

    public ISipTransport Transport => transport;

    public void FlowOpened(SipFlow flow)
    {
        if (Loop.IsCurrent)
        {
            Guard(() => endpoint.OnFlowOpened(transport, flow));
        }
        else
        {
            Loop.Post(() => endpoint.OnFlowOpened(transport, flow));
        }
    }

    public void MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (!Loop.IsCurrent)
        {
            Loop.Post(static arrival => ((Arrival)arrival!).Report(), new Arrival(endpoint, transport, flow, message));
            return;
        }

        try
        {
            endpoint.OnMessage(transport, flow, message);
        }
        catch (Exception fault)
        {
            Loop.OnFault(fault);
        }
    }

    public void KeepAliveReceived(SipFlow flow)
    {
        if (Loop.IsCurrent)
        {
            endpoint.OnKeepAlive(flow);
        }
        else
        {
            Loop.Post(() => endpoint.OnKeepAlive(flow));
        }
    }

    public void FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
        if (Loop.IsCurrent)
        {
            Guard(() => endpoint.OnFlowClosed(flow, end, error));
        }
        else
        {
            Loop.Post(() => endpoint.OnFlowClosed(flow, end, error));
        }
    }

    private sealed class Arrival(SipEndpoint endpoint, ISipTransport transport, SipFlow flow, ReadOnlyMemory<byte> message)
    {
        public void Report() => endpoint.OnMessage(transport, flow, message);
    }

    // What an application's handler throws is the loop's to report: the transport goes on.
    private void Guard(Action report)
    {
        try
        {
            report();
        }
        catch (Exception fault)
        {
            Loop.OnFault(fault);
        }
    }
}
