namespace UcSdk.Sip.Tests;

/// <summary>What the callee says inside its dialog before the caller has the response that makes it there (RFC 3261 §12.1, §12.2.2).</summary>
public sealed class EarlyRequestTests
{
    private readonly PeerWire _wire = PeerWire.Datagram();
    private readonly List<string> _heard = [];

    [Fact]
    public void A_request_that_overtakes_the_200_waits_for_it()
    {
        var invite = Invite();
        Says("MESSAGE", 7, invite);
        _wire.ExpectNothing();
        Assert.Empty(_heard);

        _wire.Answers(invite, 200);

        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(200);
        Assert.Equal(["7 MESSAGE"], _heard);
        Assert.Equal(1, _wire.Counts.InviteSessions);
    }

    [Fact]
    public void Those_that_overtake_a_180_wait_for_that_in_order_and_are_answered_once()
    {
        var invite = Invite();
        Says("INFO", 7, invite);
        Says("INFO", 7, invite);
        Says("MESSAGE", 8, invite);
        _wire.ExpectNothing();

        _wire.Answers(invite, 180);

        _wire.ExpectResponse(200);
        _wire.ExpectResponse(200);
        _wire.ExpectNothing();
        Assert.Equal(["7 INFO", "8 MESSAGE"], _heard);
    }

    [Fact]
    public void A_provisional_response_that_makes_no_dialog_changes_nothing_for_them()
    {
        var invite = Invite();
        Says("MESSAGE", 7, invite);
        _wire.Answers(invite, 100);
        _wire.Answers(invite, 101, edit: response => response.Headers[HeaderName.To] = invite.Headers[HeaderName.To]);
        _wire.ExpectNothing();

        _wire.Answers(invite, 200);

        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(200);
        Assert.Equal(["7 MESSAGE"], _heard);
    }

    [Fact]
    public void A_goodbye_that_overtakes_the_200_ends_the_session_that_it_makes()
    {
        var invite = Invite(out var session);
        Says("BYE", 7, invite);
        _wire.ExpectNothing();

        _wire.Answers(invite, 200);

        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(200);
        Assert.Equal(InviteState.Terminated, session.State);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void Where_the_INVITE_is_refused_or_another_place_answers_they_get_481()
    {
        var refused = Invite();
        Says("MESSAGE", 7, refused);
        _wire.Answers(refused, 486);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(481);

        var answered = Invite();
        Says("MESSAGE", 7, answered, tag: "elsewhere");
        _wire.Answers(answered, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(481);
        Says("MESSAGE", 8, answered, tag: "later");
        _wire.ExpectResponse(481);
        Assert.Empty(_heard);
    }

    [Fact]
    public void Eight_may_wait_and_the_ninth_gets_481()
    {
        var invite = Invite();
        for (var number = 1; number <= 8; number++)
        {
            Says("INFO", number, invite);
        }

        _wire.ExpectNothing();
        Says("INFO", 9, invite);
        _wire.ExpectResponse(481);
        _wire.Answers(invite, 180);
        Assert.Equal(8, _heard.Count);
    }

    [Fact]
    public void Nobody_waits_with_another_Call_ID_or_for_an_INVITE_that_was_taken_back()
    {
        var invite = Invite(out var session);
        Says("MESSAGE", 7, invite, callId: "other");
        _wire.ExpectResponse(481);
        _wire.Answers(invite, 100);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel), 200);
        Says("MESSAGE", 8, invite);
        _wire.ExpectResponse(481);
    }

    private SipRequest Invite() => Invite(out _);

    private SipRequest Invite(out InviteSession session)
    {
        session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        session.RequestReceived = request =>
        {
            _heard.Add($"{request.Request.CSeq}");
            request.Respond(200);
            return true;
        };
        return _wire.ExpectRequest(SipMethod.Invite);
    }

    private void Says(string method, int cseq, SipRequest invite, string tag = "peertag", string? callId = null) => _wire.Says($"""
        {method} sip:alice@self.test SIP/2.0
        Via: SIP/2.0/UDP peer.test:5070;branch=z9hG4bK{method}{cseq}{invite.CallId}
        Max-Forwards: 70
        From: <sip:bob@peer.test>;tag={tag}
        To: <sip:alice@self.test>;tag={invite.From!.Tag}
        Call-ID: {callId ?? invite.CallId}
        CSeq: {cseq} {method}

        """);
}
