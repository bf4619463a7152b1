using System.Globalization;

namespace UcSdk.Sip.Tests;

/// <summary>503 before anything is dropped: RFC 3261 §21.5.4, §8.2.7. Each limit at the limit and one past it.</summary>
public sealed class OverloadTests
{
    private readonly List<InviteSession> _sessions = [];
    private readonly List<IncomingRequest> _requests = [];

    [Fact]
    public void One_call_past_the_limit_is_refused_and_the_calls_that_stand_are_served()
    {
        var wire = Accepting(new() { MaxCalls = 2, ResumeShare = 1 });
        var first = Call(wire, 1);
        var second = Call(wire, 2);
        Assert.Equal(0, wire.Endpoint.OverloadRefusals);

        Invite(wire, 3);
        var refusal = wire.ExpectResponse(503);
        Assert.InRange(RetryAfterOf(refusal), 5, 15);
        Assert.Equal(("3 INVITE", 1L), (refusal.CSeq!.ToString(), wire.Endpoint.OverloadRefusals));
        Ack(wire, 3, refusal);
        wire.ExpectNothing();

        // What belongs to a call that stands is served: INFO, re-INVITE, BYE.
        InDialog(wire, "INFO", 1, 11, first);
        wire.ExpectResponse(415);
        InDialog(wire, "INVITE", 2, 12, second);
        wire.ExpectResponse(488);
        InDialog(wire, "BYE", 1, 13, first);
        wire.ExpectResponse(200);

        Call(wire, 4);
        Assert.Equal((2, 1L), (wire.Counts.InviteSessions, wire.Endpoint.OverloadRefusals));
    }

    [Fact]
    public void Calls_at_their_limit_keep_nobody_from_asking_for_something_else()
    {
        var wire = Accepting(new() { MaxCalls = 0 });
        Invite(wire, 1);
        wire.ExpectResponse(503);
        wire.Says(Messages.FromPeer("OPTIONS", branch: "z9hG4bKo", callId: "o"));
        wire.Do(() => _requests[0].Respond(200));
        wire.ExpectResponse(200);
    }

    [Fact]
    public void One_transaction_past_the_limit_is_refused_whatever_its_method()
    {
        var wire = Accepting(new() { MaxServerTransactions = 2, ResumeShare = 1 });
        Ask(wire, 1);
        Ask(wire, 2);
        Ask(wire, 3);
        Assert.Equal("3 MESSAGE", wire.ExpectResponse(503).CSeq!.ToString());
        Invite(wire, 4);
        wire.ExpectResponse(503);
        // The same request again is no new one.
        Ask(wire, 2);
        wire.ExpectNothing();
        wire.Do(() => _requests[0].Respond(200));
        wire.ExpectResponse(200);
        Ask(wire, 5);
        wire.ExpectNothing();
        Assert.Equal((3, 2L, 2), (_requests.Count, wire.Endpoint.OverloadRefusals, wire.Counts.Transactions));
    }

    [Fact]
    public void After_a_limit_was_passed_some_must_go_before_new_ones_are_taken()
    {
        var wire = Accepting(new() { MaxServerTransactions = 10, ResumeShare = 0.5 });
        for (var number = 1; number <= 11; number++)
        {
            Ask(wire, number);
        }

        wire.ExpectResponse(503);
        // Half of ten: with five left a sixth would be too many, with four left it is the fifth.
        for (var answered = 0; answered < 5; answered++)
        {
            wire.Do(() => _requests[answered].Respond(200));
            wire.ExpectResponse(200);
        }

        Ask(wire, 12);
        wire.ExpectResponse(503);
        wire.Do(() => _requests[5].Respond(200));
        wire.ExpectResponse(200);
        Ask(wire, 13);
        wire.ExpectNothing();
        Assert.Equal((11, 2L), (_requests.Count, wire.Endpoint.OverloadRefusals));
    }

    [Fact]
    public void A_request_that_may_have_waited_too_long_is_refused_and_one_at_the_limit_is_taken()
    {
        var limit = TimeSpan.FromMilliseconds(500);
        var wire = Accepting(new() { MaxQueueDelay = limit });
        wire.Do(() => Busy(wire, limit, () => Ask(wire, 1, run: false)));
        wire.ExpectNothing();
        wire.Do(() => Busy(wire, limit + TimeSpan.FromTicks(1), () => Ask(wire, 2, run: false)));
        wire.ExpectResponse(503);
        // Nothing waits any more.
        Ask(wire, 3);
        wire.ExpectNothing();
        Assert.Equal([1u, 3u], _requests.Select(request => request.Request.CSeq!.Number));
    }

    [Fact]
    public void In_a_queue_that_is_too_long_what_stands_is_still_served()
    {
        var wire = Accepting(new() { MaxQueueDelay = TimeSpan.FromMilliseconds(500) });
        var tag = Call(wire, 1);
        wire.Do(() => Busy(wire, TimeSpan.FromSeconds(1), () =>
        {
            wire.Gives(Messages.FromPeer("MESSAGE", branch: "z9hG4bKm", callId: "m"));
            wire.Gives(Messages.FromPeer("BYE", 2, "z9hG4bKb", tag, callId: "call1"));
        }));
        wire.ExpectResponse(503);
        wire.ExpectResponse(200);
        Assert.Equal(InviteState.Terminated, _sessions[0].State);
    }

    // RFC 3261 §8.2.7: no transaction; each copy of the request gets the same answer with the same tag, and its ACK ends nothing.
    [Fact]
    public void A_refusal_leaves_no_state_and_the_same_request_gets_the_same_tag()
    {
        var wire = Accepting(new() { MaxCalls = 0 }, datagram: true);
        Invite(wire, 1);
        var refusal = wire.ExpectResponse(503);
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
        Invite(wire, 1);
        var again = wire.ExpectResponse(503);
        Assert.Equal(refusal.To!.Tag, again.To!.Tag);
        Invite(wire, 2);
        var other = wire.ExpectResponse(503);
        Assert.NotEqual(refusal.To.Tag, other.To!.Tag);
        Ack(wire, 1, refusal);
        wire.Advance(64 * Messages.T1);
        wire.ExpectNothing();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Fact]
    public void The_ack_of_a_refusal_is_not_forwarded()
    {
        var wire = PeerWire.Reliable(new() { IsProxy = true, Overload = new() { MaxServerTransactions = 1 } });
        wire.Endpoint.RequestReceived = _requests.Add;
        wire.Endpoint.RouteRequest = _ => wire.Flow;
        Ask(wire, 1);
        const string Route = "Route: <sip:self.test:5060;transport=tcp;lr>";
        wire.Says(Messages.FromPeer("INVITE", more: Route));
        var refusal = wire.ExpectResponse(503);
        wire.Says(Messages.FromPeer("ACK", toTag: refusal.To!.Tag!, more: Route));
        wire.ExpectNothing();
        // Any other ACK with that Route goes on.
        wire.Says(Messages.FromPeer("ACK", toTag: "other", more: Route));
        wire.ExpectRequest(SipMethod.Ack);
    }

    [Fact]
    public void Beyond_a_limit_what_only_says_that_it_belongs_to_something_is_answered_without_state()
    {
        var wire = Accepting(new() { MaxCalls = 0 }, datagram: true);
        wire.Says(Messages.FromPeer("BYE", branch: "z9hG4bK1", toTag: "unknown"));
        wire.ExpectResponse(481);
        Assert.Equal(1, wire.Counts.Transactions);
        Invite(wire, 1);
        wire.ExpectResponse(503);
        wire.Says(Messages.FromPeer("BYE", branch: "z9hG4bK2", toTag: "unknown"));
        wire.ExpectResponse(481);
        wire.Says(Messages.FromPeer("CANCEL", branch: "z9hG4bK3"));
        wire.ExpectResponse(481);
        Assert.Equal(1, wire.Counts.Transactions);
    }

    [Fact]
    public void A_cancel_reaches_its_invite_beyond_every_limit()
    {
        var wire = Accepting(new() { MaxServerTransactions = 1 });
        Invite(wire, 1);
        Ask(wire, 2);
        wire.ExpectResponse(503);
        wire.Says(Messages.FromPeer("CANCEL", 1, "z9hG4bKc1", callId: "call1"));
        wire.ExpectResponse(200);
        wire.ExpectResponse(487);
    }

    [Fact]
    public void Those_who_were_refused_together_are_told_different_times()
    {
        var wire = Accepting(new() { MaxCalls = 0, MinRetryAfter = TimeSpan.FromSeconds(20), MaxRetryAfter = TimeSpan.FromSeconds(22) });
        var told = new SortedSet<int>();
        for (var number = 1; number <= 60; number++)
        {
            Invite(wire, number);
            told.Add(RetryAfterOf(wire.ExpectResponse(503)));
        }

        Assert.Equal([20, 21, 22], told);
    }

    [Fact]
    public void Limits_that_mean_nothing_are_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerWire.Reliable(new() { Overload = new() { MaxServerTransactions = 0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerWire.Reliable(new() { Overload = new() { MaxCalls = -1 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerWire.Reliable(new() { Overload = new() { MaxQueueDelay = TimeSpan.Zero } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerWire.Reliable(new() { Overload = new() { ResumeShare = 1.1 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeerWire.Reliable(new() { Overload = new() { MaxRetryAfter = TimeSpan.FromSeconds(1) } }));
    }

    private static int RetryAfterOf(SipResponse response) => int.Parse(response.Headers[HeaderName.RetryAfter]!, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(QueueDelay.Queue - 1, 0)]
    [InlineData(QueueDelay.Queue, 503)]
    public void A_loop_that_is_held_up_without_a_queue_of_messages_refuses_nobody(int before, int status)
    {
        var wire = Accepting(new() { MaxQueueDelay = TimeSpan.FromMilliseconds(500) });
        wire.Do(() => Busy(wire, TimeSpan.FromSeconds(5), () => Ask(wire, 1, run: false), before));
        Assert.Equal(status == 0 ? 1 : 0, _requests.Count);
        if (status != 0)
        {
            wire.ExpectResponse(status);
        }
    }

    // The loop works on messages for so long, and what arrives meanwhile waits behind them.
    private static void Busy(PeerWire wire, TimeSpan time, Action arrivals, int before = QueueDelay.Queue)
    {
        for (var message = 0; message < before; message++)
        {
            wire.Gives(Messages.FromPeer("ACK", branch: "z9hG4bKstray", callId: "stray"));
        }

        wire.Simulation.Clock.MoveTo(wire.Now + time);
        arrivals();
    }

    private static void Invite(PeerWire wire, int number) =>
        wire.Says(Messages.FromPeer("INVITE", number, $"z9hG4bKc{number}", callId: $"call{number}"));

    private static void Ask(PeerWire wire, int number, bool run = true)
    {
        var message = Messages.FromPeer("MESSAGE", number, $"z9hG4bKm{number}", callId: $"m{number}");
        if (run)
        {
            wire.Says(message);
        }
        else
        {
            wire.Gives(message);
        }
    }

    private static void Ack(PeerWire wire, int number, SipResponse response) =>
        wire.Says(Messages.FromPeer("ACK", number, $"z9hG4bKc{number}", response.To!.Tag!, callId: $"call{number}"));

    private static void InDialog(PeerWire wire, string method, int call, int number, string tag) =>
        wire.Says(Messages.FromPeer(method, number, $"z9hG4bKi{number}", tag, callId: $"call{call}"));

    private string Call(PeerWire wire, int number)
    {
        Invite(wire, number);
        var session = _sessions[^1];
        _ = wire.Do(() => session.AcceptAsync());
        var ok = wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("ACK", number, $"z9hG4bKa{number}", ok.To!.Tag!, callId: $"call{number}"));
        return ok.To.Tag!;
    }

    private PeerWire Accepting(OverloadOptions options, bool datagram = false)
    {
        var all = new SipEndpointOptions { Overload = options };
        var wire = datagram ? PeerWire.Datagram(all) : PeerWire.Reliable(all);
        wire.Endpoint.RequestReceived = request =>
        {
            if (request.Request.Method.IsInvite)
            {
                _sessions.Add(request.CreateInviteSession());
            }
            else
            {
                _requests.Add(request);
            }
        };
        return wire;
    }
}
