using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>What a whole call costs both endpoints in memory, transport included.</summary>
public sealed class CallCostTests
{
    private static readonly NameAddr Alice = new(SipUri.Create("alice", "near.test"), "Alice");
    private static readonly NameAddr Bob = new(SipUri.Create("bob", "far.test"));
    private static readonly byte[] Sdp = Encoding.ASCII.GetBytes("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n");

    private readonly SimulationScheduler _simulation = new();
    private readonly SeededRandomSource _random = new(5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_whole_call_takes_at_most_25_kilobytes_at_both_ends_together(bool reliable)
    {
        var wire = new DirectWire(reliable);
        var (near, far) = (NewEndpoint(wire.Near), NewEndpoint(wire.Far));
        _simulation.Run(() => near.StartAsync());
        _simulation.Run(() => far.StartAsync());
        var ended = 0;
        far.RequestReceived = request =>
        {
            var session = request.CreateInviteSession();
            session.Ring();
            _ = session.AcceptAsync("application/sdp", Sdp);
        };
        Call(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Call(100);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.Equal(200, ended);
        Assert.InRange(each, 1, 25_000);

        void Call(int count)
        {
            for (var call = 0; call < count; call++)
            {
                near.Loop.Post(() =>
                {
                    var invite = near.CreateRequest(SipMethod.Invite, Bob.Uri, Alice, Bob);
                    invite.SetBody("application/sdp", Sdp);
                    var session = near.Invite(invite, new() { Flow = wire.Near.Flow });
                    session.StateChanged += change =>
                    {
                        ended += change.Current == InviteState.Terminated ? 1 : 0;
                        if (change.Current == InviteState.Confirmed)
                        {
                            _ = session.ByeAsync();
                        }
                    };
                });
                _simulation.RunUntilIdle();
            }
        }
    }

    private SipEndpoint NewEndpoint(DirectEnd end) =>
        new(new(), new LoopRuntime(_simulation, _random.Fork()), end.Loop = new SerialLoop(_simulation), [end]);

    /// <summary>Two ends that hand each other copies of what they send, as a socket does, and nothing more.</summary>
    private sealed class DirectWire
    {
        public DirectWire(bool reliable)
        {
            var name = reliable ? "TCP" : "UDP";
            Near = new(name, new(name, "near.test", 5060), new(name, "far.test", 5060), reliable);
            Far = new(name, new(name, "far.test", 5060), new(name, "near.test", 5060), reliable) { Peer = Near };
            Near.Peer = Far;
        }

        public DirectEnd Near { get; }

        public DirectEnd Far { get; }
    }

    private sealed class DirectEnd(string name, SipTransportAddress local, SipTransportAddress remote, bool reliable) : ISipTransport
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
}
