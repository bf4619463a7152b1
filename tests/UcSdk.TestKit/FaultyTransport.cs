using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>A transport that loses what it is told to lose.</summary>
internal sealed class FaultyTransport(ISipTransport inner, LineFaults faults) : ISipTransport
{
    public string Name => inner.Name;

    public SipTransportAddress? ListenAddress => inner.ListenAddress;

    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken) =>
        inner.StartAsync(new Filter(events, faults), cancellationToken);

    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) => inner.ConnectAsync(remote, cancellationToken);

    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        faults.LosesSent?.Invoke(WireText.Describe(message)) == true
            ? ValueTask.CompletedTask
            : inner.SendAsync(flow, faults.ChangesSent?.Invoke(WireText.Describe(message), message) ?? message, cancellationToken);

    public ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken) => inner.SendKeepAliveAsync(flow, cancellationToken);

    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) => inner.CloseAsync(flow, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Filter(ISipTransportEvents events, LineFaults faults) : ISipTransportEvents
    {
        public void FlowOpened(SipFlow flow) => events.FlowOpened(flow);

        public void MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
        {
            foreach (var one in faults.MultipliesReceived?.Invoke(WireText.Describe(message), message) ?? [message])
            {
                Receive(flow, one);
            }
        }

        public void FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => events.FlowClosed(flow, end, error);

        private void Receive(SipFlow flow, ReadOnlyMemory<byte> message)
        {
            if (faults.LosesReceived?.Invoke(WireText.Describe(message)) != true)
            {
                events.MessageReceived(flow, faults.ChangesReceived?.Invoke(WireText.Describe(message), message) ?? message);
            }
        }
    }
}
