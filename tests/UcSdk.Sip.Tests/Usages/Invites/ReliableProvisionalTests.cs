using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>RFC 3262, message by message, both sides.</summary>
public sealed class ReliableProvisionalTests
{
    private const string SupportsIt = "Supported: 100rel";

    private readonly PeerWire _wire = PeerWire.Datagram();
    private InviteSession? _session;

    // §3: T1, doubled each time and not held to T2; then 5xx after 64·T1.
    [Fact]
    public void The_callee_repeats_its_response_until_it_gives_up()
    {
        Incoming(SupportsIt);
        var first = RingReliably();
        Assert.Equal("100rel", first.Headers[HeaderName.Require]);
        var sent = new List<double>();
        for (var ms = 0; ms < 32_000; ms += 100)
        {
            _wire.Advance(TimeSpan.FromMilliseconds(100));
            while (_wire.Unread > 0 && ms + 100 < 32_000)
            {
                Assert.Equal(first.Headers[HeaderName.RSeq], _wire.ExpectResponse(183).Headers[HeaderName.RSeq]);
                sent.Add((ms + 100) / 1000.0);
            }
        }

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 15.5, 31.5], sent);
        _wire.ExpectResponse(504);
        Assert.Equal(InviteState.Terminated, _session!.State);
    }

    [Fact]
    public void A_PRACK_ends_the_repeating_and_is_answered_once_itself()
    {
        Incoming(SupportsIt);
        var ringing = RingReliably();
        Prack(ringing, 2);
        _wire.ExpectResponse(200);
        _wire.Advance(TimeSpan.FromSeconds(3));
        _wire.ExpectNothing();
        Prack(ringing, 3);
        _wire.ExpectResponse(481);
    }

    [Theory]
    [InlineData("1 1 INVITE")] // another number
    [InlineData("{rseq} 2 INVITE")] // another request
    [InlineData("{rseq} 1 UPDATE")] // another method
    [InlineData("nonsense")]
    public void A_PRACK_of_something_else_acknowledges_nothing(string rack)
    {
        Incoming(SupportsIt);
        var ringing = RingReliably();
        Prack(ringing, 2, rack.Replace("{rseq}", ringing.Headers[HeaderName.RSeq], StringComparison.Ordinal));
        _wire.ExpectResponse(481);
        _wire.Advance(Messages.T1);
        _wire.ExpectResponse(183);
    }

    // §3: one at a time, the next number for the next.
    [Fact]
    public void Several_go_one_after_another()
    {
        Incoming(SupportsIt);
        var first = RingReliably();
        _wire.Do(() => _session!.RingReliably(180));
        _wire.ExpectNothing();
        Prack(first, 2);
        _wire.ExpectResponse(200);
        var second = _wire.ExpectResponse(180);
        Assert.Equal(Number(first) + 1, Number(second));
    }

    // §3: the 200 waits for the PRACK.
    [Fact]
    public async Task The_answer_waits_until_the_caller_has_what_it_builds_on()
    {
        Incoming(SupportsIt);
        var ringing = RingReliably();
        var accepting = _wire.Do(() => _session!.AcceptAsync());
        _wire.ExpectNothing();
        Prack(ringing, 2);
        _wire.ExpectResponse(200);
        var answer = _wire.ExpectResponse(200);
        Assert.Equal("1 INVITE", answer.CSeq!.ToString());
        _wire.Says(Messages.FromPeer("ACK", branch: "z9hG4bKack", toTag: answer.To!.Tag!));
        await accepting;
        Assert.Equal(InviteState.Confirmed, _session!.State);
    }

    [Fact]
    public void A_refusal_waits_for_nothing_and_a_cancelled_call_repeats_nothing()
    {
        Incoming(SupportsIt);
        RingReliably();
        _wire.Says(Messages.FromPeer("CANCEL"));
        _wire.ExpectResponse(200);
        _wire.ExpectResponse(487);
        _wire.Says(Messages.FromPeer("ACK"));
        _wire.Advance(TimeSpan.FromSeconds(2));
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    // §3: a caller that requires it gets every provisional response above 100 reliably.
    [Fact]
    public void A_caller_that_insists_gets_plain_ringing_reliably_too()
    {
        Incoming("Require: 100rel");
        _wire.Do(() => _session!.Ring());
        Assert.NotNull(_wire.ExpectResponse(180).Headers[HeaderName.RSeq]);
    }

    [Fact]
    public void A_caller_that_knows_nothing_of_it_cannot_be_rung_reliably()
    {
        Incoming("");
        Assert.Throws<InvalidOperationException>(() => _session!.RingReliably(183));
        _wire.Do(() => _session!.Ring());
        Assert.Null(_wire.ExpectResponse(180).Headers[HeaderName.RSeq]);
    }

    [Fact]
    public void The_caller_acknowledges_in_order_and_once()
    {
        var invite = Outgoing();
        _session!.PrackSending = (prack, response) => prack.SetBody("application/sdp", Encoding.ASCII.GetBytes("answer to " + response.BodyText));
        Reliable(invite, 183, 100, "offer");
        var prack = _wire.ExpectRequest(SipMethod.Prack);
        Assert.Equal(("100 1 INVITE", "2 PRACK", "answer to offer"), (prack.Headers[HeaderName.RAck], prack.CSeq!.ToString(), prack.BodyText));
        Assert.Equal("sip:peer@peer.test:5070;transport=tcp", prack.UriText);

        Reliable(invite, 183, 100, "offer"); // the same again
        _wire.ExpectNothing();
        Reliable(invite, 180, 102); // one is missing
        _wire.ExpectNothing();
        Assert.Single(_session.EarlyDialogs);
        _wire.Answers(prack, 200);
        Reliable(invite, 180, 101);
        Assert.Equal("101 1 INVITE", _wire.ExpectRequest(SipMethod.Prack).Headers[HeaderName.RAck]);
    }

    // §4: numbers count for each dialog by itself.
    [Fact]
    public void Every_place_where_it_rings_has_numbers_of_its_own()
    {
        var invite = Outgoing();
        Reliable(invite, 180, 7, tag: "here");
        Assert.Equal(("7 1 INVITE", "here"), Acknowledged(_wire.ExpectRequest(SipMethod.Prack)));
        Reliable(invite, 180, 9000, tag: "there");
        Assert.Equal(("9000 1 INVITE", "there"), Acknowledged(_wire.ExpectRequest(SipMethod.Prack)));
        Assert.Equal(["here", "there"], _session!.EarlyDialogs.Select(dialog => dialog.RemoteTag).Order());

        static (string?, string?) Acknowledged(SipRequest prack) => (prack.Headers[HeaderName.RAck], prack.To!.Tag);
    }

    // RFC 3311 §5: the session may be changed before it is answered.
    [Fact]
    public async Task An_UPDATE_goes_through_in_an_early_dialog_both_ways()
    {
        var invite = Outgoing();
        Reliable(invite, 183, 1);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Prack), 200);
        var answer = _wire.Do(() => _session!.SendAsync(_session.CreateRequest(SipMethod.Update)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Update), 200);
        Assert.Equal(200, (await answer).StatusCode);

        _session!.RequestReceived = request =>
        {
            request.Respond(200);
            return true;
        };
        _wire.Says($"""
            UPDATE sip:alice@self.test SIP/2.0
            Via: SIP/2.0/UDP peer.test:5070;branch=z9hG4bKupdate
            Max-Forwards: 70
            From: <sip:bob@peer.test>;tag=peertag
            To: <sip:alice@self.test>;tag={invite.From!.Tag}
            Call-ID: {invite.CallId}
            CSeq: 50 UPDATE
            Contact: <sip:elsewhere@peer.test>

            """);
        _wire.ExpectResponse(200);
        Assert.Equal("sip:elsewhere@peer.test", _session.Dialog!.RemoteTarget.Text);
        Assert.Throws<InvalidOperationException>(() => _session.CreateRequest(SipMethod.Invite));
    }

    [Fact]
    public void Once_one_place_has_answered_the_others_are_forgotten()
    {
        var invite = Outgoing();
        _wire.Answers(invite, 180, "here");
        _wire.Answers(invite, 180, "there");
        _wire.Answers(invite, 200, "there");
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(("there", 0, 1), (_session!.Dialog!.RemoteTag, _session.EarlyDialogs.Count, _wire.Counts.Dialogs));
    }

    private static uint Number(SipResponse response) => uint.Parse(response.Headers[HeaderName.RSeq]!, System.Globalization.CultureInfo.InvariantCulture);

    private void Incoming(string more)
    {
        _wire.Endpoint.RequestReceived = request => _session = request.CreateInviteSession();
        _wire.Says(Messages.FromPeer("INVITE", more: more));
    }

    private SipResponse RingReliably()
    {
        _wire.Do(() => _session!.RingReliably(183, "application/sdp", "v=0"u8.ToArray()));
        return _wire.ExpectResponse(183);
    }

    private void Prack(SipResponse ringing, int cseq, string? rack = null) => _wire.Says(Messages.FromPeer(
        "PRACK", cseq, $"z9hG4bKprack{cseq}", ringing.To!.Tag!, $"RAck: {rack ?? $"{ringing.Headers[HeaderName.RSeq]} 1 INVITE"}"));

    private SipRequest Outgoing()
    {
        _session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), new InviteOptions { Flow = _wire.Flow }));
        return _wire.ExpectRequest(SipMethod.Invite);
    }

    private void Reliable(SipRequest invite, int status, int number, string body = "", string tag = "peertag") => _wire.Answers(invite, status, tag, response =>
    {
        response.Headers.Add(HeaderName.Require, "100rel");
        response.Headers.Add(HeaderName.RSeq, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (body.Length > 0)
        {
            response.SetBody("application/sdp", Encoding.ASCII.GetBytes(body));
        }
    });
}
