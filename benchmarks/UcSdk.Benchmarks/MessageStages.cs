using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>What the stages of messages allocate that are sent one after another on one thread: the transports of both clients tell where one begins.</summary>
internal sealed class MessageStages
{
    private readonly long[] _spent = new long[5];
    private long _since;
    private int _stage;

    /// <summary>True while it counts.</summary>
    public bool IsOn { get; set; }

    /// <summary>Bytes of each stage: the sender to its transport, the way to the receiver, the receiver to its answer, the way back, the sender to the outcome.</summary>
    public IReadOnlyList<long> Spent => _spent;

    /// <summary>A message begins.</summary>
    public void Begin()
    {
        _stage = 0;
        _since = IsOn ? GC.GetAllocatedBytesForCurrentThread() : 0;
    }

    /// <summary>Its outcome is known.</summary>
    public void End() => Pass(4);

    /// <summary>A transport that tells what passes it.</summary>
    public ISipTransport Watch(string name, ISipTransport transport) => name switch
    {
        "alice" => new WatchedTransport(transport, () => Pass(0), () => Pass(3)),
        "bob" => new WatchedTransport(transport, () => Pass(2), () => Pass(1)),
        _ => transport,
    };

    private void Pass(int stage)
    {
        if (!IsOn)
        {
            return;
        }

        var now = GC.GetAllocatedBytesForCurrentThread();
        if (_stage == stage)
        {
            _spent[stage] += now - _since;
            _stage = stage + 1;
        }

        _since = now;
    }

    private sealed class WatchedTransport(ISipTransport inner, Action sending, Action received) : ISipTransport, ISipTransportEvents
    {
        private ISipTransportEvents? _events;

        public string Name => inner.Name;

        public SipTransportAddress? ListenAddress => inner.ListenAddress;

        public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken)
        {
            _events = events;
            return inner.StartAsync(this, cancellationToken);
        }

        public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) => inner.ConnectAsync(remote, cancellationToken);

        public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            sending();
            return inner.SendAsync(flow, message, cancellationToken);
        }

        public ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken) => inner.SendKeepAliveAsync(flow, cancellationToken);

        public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) => inner.CloseAsync(flow, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        void ISipTransportEvents.FlowOpened(SipFlow flow) => _events!.FlowOpened(flow);

        void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
        {
            received();
            _events!.MessageReceived(flow, message);
        }

        void ISipTransportEvents.KeepAliveReceived(SipFlow flow) => _events!.KeepAliveReceived(flow);

        void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => _events!.FlowClosed(flow, end, error);
    }
}
