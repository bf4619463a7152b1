using System.Globalization;

namespace UcSdk.Sip.Tests;

/// <summary>
/// Every timer of RFC 3261 table 4 and RFC 6026, to the tick, with the values of the RFC and with others. A row says when something is repeated and when the
/// machine ends, in milliseconds from where the timers start; the times are worked out by hand from the sections named. Timer C is the proxy's (<see cref="TimerCTests"/>).
/// </summary>
public sealed class TimerTableTests
{
    private const string Doubling = "500 1500 3500 7500 15500 31500";
    private const string UpToT2 = "500 1500 3500 7500 11500 15500 19500 23500 27500 31500";
    private const string Nothing = "";

    private IncomingRequest? _request;
    private InviteSession? _session;

    // §17.1.1.2: A doubles without bound, B is 64·T1. T2 and T4 have no part in it.
    [Theory]
    [InlineData(false, 500, 4000, 5000, Doubling, 32000)]
    [InlineData(false, 500, 600, 100, Doubling, 32000)]
    [InlineData(false, 100, 4000, 5000, "100 300 700 1500 3100 6300", 6400)]
    [InlineData(false, 2000, 4000, 5000, "2000 6000 14000 30000 62000 126000", 128000)]
    [InlineData(true, 500, 4000, 5000, Nothing, 32000)]
    [InlineData(true, 100, 4000, 5000, Nothing, 6400)]
    public async Task A_and_B_repeat_an_INVITE_and_give_it_up(bool reliable, int t1, int t2, int t4, string repeats, int end)
    {
        var wire = Wire(reliable, t1, t2, t4);
        var session = wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.ExpectRequest(SipMethod.Invite);
        Follow(wire, repeats, () => wire.ExpectRequest(SipMethod.Invite), end);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => session.Answer)).Failure);
    }

    // §17.1.1.2: once there is a provisional response neither A nor B runs.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_Proceeding_an_INVITE_has_no_timer(bool reliable)
    {
        var wire = Wire(reliable, 500, 4000, 5000);
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 100, tag: null);
        wire.Advance(TimeSpan.FromHours(1));
        wire.ExpectNothing();
        Assert.Equal((1, 0), (wire.Counts.Transactions, wire.Counts.Timers));
    }

    // §17.1.1.2: D is at least 32 s, and 0 on a stream.
    [Theory]
    [InlineData(false, 500, 32000)]
    [InlineData(false, 100, 32000)]
    [InlineData(false, 1000, 64000)]
    [InlineData(true, 500, 0)]
    public void D_waits_for_repeated_failures(bool reliable, int t1, int end)
    {
        var wire = Wire(reliable, t1, 4000, 5000);
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 486);
        wire.ExpectRequest(SipMethod.Ack);
        Follow(wire, Nothing, null, end);
    }

    // RFC 6026 §8.4: M is 64·T1 on every transport.
    [Theory]
    [InlineData(false, 500, 32000)]
    [InlineData(true, 500, 32000)]
    [InlineData(true, 100, 6400)]
    public void M_waits_for_further_2xx(bool reliable, int t1, int end)
    {
        var wire = Wire(reliable, t1, 4000, 5000);
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 200);
        wire.ExpectRequest(SipMethod.Ack);
        Follow(wire, Nothing, null, end);
    }

    // §17.1.2.2: E doubles up to T2, F is 64·T1.
    [Theory]
    [InlineData(false, 500, 4000, UpToT2, 32000)]
    [InlineData(false, 100, 1600, "100 300 700 1500 3100 4700 6300", 6400)]
    [InlineData(false, 1000, 1000, "1000 2000 3000 4000 5000 6000 7000 8000 9000 10000", null)]
    [InlineData(true, 500, 4000, Nothing, 32000)]
    [InlineData(true, 100, 1600, Nothing, 6400)]
    public async Task E_and_F_repeat_a_request_and_give_it_up(bool reliable, int t1, int t2, string repeats, int? end)
    {
        var wire = Wire(reliable, t1, t2, 5000);
        var answer = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        wire.ExpectRequest(SipMethod.Options);
        Follow(wire, repeats, () => wire.ExpectRequest(SipMethod.Options), end);
        if (end is not null)
        {
            Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => answer)).Failure);
        }
    }

    // §17.1.2.2: in Proceeding E starts anew with T2; F goes on.
    [Theory]
    [InlineData(false, 500, 4000, "500 4500 8500 12500 16500 20500 24500 28500", 32000)]
    [InlineData(false, 100, 1600, "100 1700 3300 4900", 6400)]
    [InlineData(true, 500, 4000, Nothing, 32000)]
    public void E_in_Proceeding_repeats_every_T2(bool reliable, int t1, int t2, string repeats, int end)
    {
        var wire = Wire(reliable, t1, t2, 5000);
        _ = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        var options = wire.ExpectRequest(SipMethod.Options);
        wire.Answers(options, 100, tag: null);
        wire.Answers(options, 183);
        Follow(wire, repeats, () => wire.ExpectRequest(SipMethod.Options), end);
    }

    // §17.1.2.2: K is T4, and 0 on a stream.
    [Theory]
    [InlineData(false, 5000, 5000)]
    [InlineData(false, 2000, 2000)]
    [InlineData(true, 5000, 0)]
    public void K_waits_for_repeated_answers(bool reliable, int t4, int end)
    {
        var wire = Wire(reliable, 500, 4000, t4);
        _ = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Options), 200);
        Follow(wire, Nothing, null, end);
    }

    // §17.2.1: G doubles up to T2 on datagrams, H is 64·T1 on every transport.
    [Theory]
    [InlineData(false, 500, 4000, UpToT2, 32000)]
    [InlineData(false, 100, 1600, "100 300 700 1500 3100 4700 6300", 6400)]
    [InlineData(true, 500, 4000, Nothing, 32000)]
    [InlineData(true, 100, 1600, Nothing, 6400)]
    public void G_and_H_repeat_a_failure_and_give_it_up(bool reliable, int t1, int t2, string repeats, int end)
    {
        var wire = Receiving(Wire(reliable, t1, t2, 5000), "INVITE");
        wire.Do(() => _request!.Respond(486));
        wire.ExpectResponse(486);
        Follow(wire, repeats, () => wire.ExpectResponse(486), end);
    }

    // §17.2.1: I is T4, and 0 on a stream; G and H have ended.
    [Theory]
    [InlineData(false, 5000, 5000)]
    [InlineData(false, 2000, 2000)]
    [InlineData(true, 5000, 0)]
    public void I_waits_for_repeated_acks(bool reliable, int t4, int end)
    {
        var wire = Receiving(Wire(reliable, 500, 4000, t4), "INVITE");
        wire.Do(() => _request!.Respond(486));
        var busy = wire.ExpectResponse(486);
        wire.Says(Messages.FromPeer("ACK", toTag: busy.To!.Tag!));
        Follow(wire, Nothing, null, end);
    }

    // §17.2.2: J is 64·T1, and 0 on a stream.
    [Theory]
    [InlineData(false, 500, 32000)]
    [InlineData(false, 100, 6400)]
    [InlineData(true, 500, 0)]
    public void J_waits_for_repeated_requests(bool reliable, int t1, int end)
    {
        var wire = Receiving(Wire(reliable, t1, 4000, 5000), "MESSAGE");
        wire.Do(() => _request!.Respond(200));
        wire.ExpectResponse(200);
        Follow(wire, Nothing, null, end);
    }

    // RFC 6026 §8.4: L is 64·T1 on every transport.
    [Theory]
    [InlineData(false, 500, 32000)]
    [InlineData(true, 500, 32000)]
    [InlineData(true, 100, 6400)]
    public void L_waits_for_repeated_INVITEs_after_a_2xx(bool reliable, int t1, int end)
    {
        var wire = Calling(Wire(reliable, t1, 4000, 5000));
        _ = wire.Do(() => _session!.AcceptAsync());
        var ok = wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("ACK", branch: "z9hG4bKack", toTag: ok.To!.Tag!));
        Follow(wire, Nothing, null, end);
    }

    // §13.3.1.4: the UAS core repeats its 2xx from T1 up to T2 on every transport, and says BYE when no ACK came in 64·T1.
    [Theory]
    [InlineData(false, 500, 4000, UpToT2, 32000)]
    [InlineData(true, 500, 4000, UpToT2, 32000)]
    [InlineData(true, 100, 1600, "100 300 700 1500 3100 4700 6300", 6400)]
    public void A_2xx_is_repeated_until_its_ACK(bool reliable, int t1, int t2, string repeats, int end)
    {
        var wire = Calling(Wire(reliable, t1, t2, 5000));
        _ = wire.Do(() => _session!.AcceptAsync());
        wire.ExpectResponse(200);
        var start = wire.Now;
        Follow(wire, repeats, () => wire.ExpectResponse(200), null);
        wire.AdvanceToJustBefore(TimeSpan.FromMilliseconds(end) - (wire.Now - start));
        wire.ExpectNothing();
        wire.Tick();
        wire.ExpectRequest(SipMethod.Bye);
    }

    // RFC 3262 §3: a reliable provisional response doubles without bound on every transport; the INVITE gets 504 after 64·T1.
    [Theory]
    [InlineData(false, 500, 4000, Doubling, 32000)]
    [InlineData(true, 500, 4000, Doubling, 32000)]
    [InlineData(true, 100, 150, "100 300 700 1500 3100 6300", 6400)]
    public void A_reliable_provisional_response_is_repeated_until_its_PRACK(bool reliable, int t1, int t2, string repeats, int end)
    {
        var wire = Calling(Wire(reliable, t1, t2, 5000), "Supported: 100rel");
        wire.Do(() => _session!.RingReliably(180));
        wire.ExpectResponse(180);
        var start = wire.Now;
        Follow(wire, repeats, () => wire.ExpectResponse(180), null);
        wire.AdvanceToJustBefore(TimeSpan.FromMilliseconds(end) - (wire.Now - start));
        wire.ExpectNothing();
        wire.Tick();
        wire.ExpectResponse(504);
    }

    // §17.2.1: 200 ms, whatever T1 is.
    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(2000)]
    public void An_INVITE_without_a_response_gets_its_100_after_200_ms(int t1)
    {
        var wire = Receiving(Wire(reliable: true, t1, 4000, 5000), "INVITE");
        wire.AdvanceToJustBefore(TimeSpan.FromMilliseconds(200));
        wire.ExpectNothing();
        wire.Tick();
        wire.ExpectResponse(100);
    }

    private static PeerWire Wire(bool reliable, int t1, int t2, int t4)
    {
        var options = new SipEndpointOptions
        {
            Timings = new() { T1 = TimeSpan.FromMilliseconds(t1), T2 = TimeSpan.FromMilliseconds(t2), T4 = TimeSpan.FromMilliseconds(t4) },
        };
        return reliable ? PeerWire.Reliable(options) : PeerWire.Datagram(options);
    }

    // Just before each moment there is nothing, and one tick later it has happened; at the end no transaction is left.
    private static void Follow(PeerWire wire, string repeats, Action? expectRepeat, int? end)
    {
        var start = wire.Now;
        foreach (var moment in repeats.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            wire.AdvanceToJustBefore(At(int.Parse(moment, CultureInfo.InvariantCulture)));
            wire.ExpectNothing();
            wire.Tick();
            expectRepeat!();
        }

        if (end is > 0)
        {
            wire.AdvanceToJustBefore(At(end.Value));
            wire.ExpectNothing();
            Assert.Equal(1, wire.Counts.Transactions);
            wire.Tick();
        }

        if (end is not null)
        {
            wire.ExpectNothing();
            Assert.Equal(0, wire.Counts.Transactions);
        }

        TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds) - (wire.Now - start);
    }

    private PeerWire Receiving(PeerWire wire, string method)
    {
        wire.Endpoint.RequestReceived = request => _request = request;
        wire.Says(Messages.FromPeer(method));
        return wire;
    }

    private PeerWire Calling(PeerWire wire, string more = "")
    {
        wire.Endpoint.RequestReceived = request => _session = request.CreateInviteSession();
        wire.Says(Messages.FromPeer("INVITE", more: more));
        return wire;
    }
}
