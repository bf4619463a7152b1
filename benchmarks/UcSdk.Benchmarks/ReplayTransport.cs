using System.Text;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>A transport that remembers the last BENOTIFY that came in, so that more of its kind can come from nowhere.</summary>
internal sealed class ReplayTransport(ISipTransport inner) : ISipTransport, ISipTransportEvents
{
    private ISipTransportEvents? _events;
    private SipFlow? _flow;

    public string Name => inner.Name;

    public SipTransportAddress? ListenAddress => inner.ListenAddress;

    /// <summary>The message; empty before the first.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Lets a message come in on the flow of the last one.</summary>
    public void Receive(ReadOnlyMemory<byte> message) => _events!.MessageReceived(_flow!, message);

    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        return inner.StartAsync(this, cancellationToken);
    }

    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) => inner.ConnectAsync(remote, cancellationToken);

    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => inner.SendAsync(flow, message, cancellationToken);

    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) => inner.CloseAsync(flow, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    void ISipTransportEvents.FlowOpened(SipFlow flow) => _events!.FlowOpened(flow);

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (message.Span.StartsWith("BENOTIFY"u8))
        {
            (_flow, Last) = (flow, Encoding.UTF8.GetString(message.Span));
        }

        _events!.MessageReceived(flow, message);
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => _events!.FlowClosed(flow, end, error);
}
