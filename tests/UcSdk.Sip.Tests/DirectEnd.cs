using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>One end of a <see cref="DirectWire"/>.</summary>
internal sealed class DirectEnd(string name, SipTransportAddress local, SipTransportAddress remote, bool reliable) : ISipTransport
{
    private readonly Queue<byte[]> _arrived = new();
    private ISipTransportEvents _events = null!;

    public string Name => name;

    public SipTransportAddress? ListenAddress => local;

    public SipFlow Flow { get; } = new(name, local, remote, reliable, isOutgoing: false);

    public SerialLoop Loop { get; set; } = null!;

    public DirectEnd Peer { get; set; } = null!;

    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        _events.FlowOpened(Flow);
        return Task.CompletedTask;
    }

    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) => Task.FromResult(Flow);

    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Peer._arrived.Enqueue(message.ToArray());
        Peer.Loop.Post(static end => ((DirectEnd)end!).Take(), Peer);
        return ValueTask.CompletedTask;
    }

    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Take() => _events.MessageReceived(Flow, _arrived.Dequeue());
}
