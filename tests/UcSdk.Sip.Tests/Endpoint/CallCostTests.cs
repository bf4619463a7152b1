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
}
