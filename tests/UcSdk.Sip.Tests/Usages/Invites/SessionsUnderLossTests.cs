using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>What the simulated days of calls found, one conversation each: messages that cross, come twice, are refused, or never come.</summary>
public sealed class SessionsUnderLossTests : IDisposable
{
    private static readonly SessionTimerOptions Timer = new() { Interval = TimeSpan.FromSeconds(800), Minimum = TimeSpan.FromSeconds(120) };

    private readonly SipPassword _password = new("wonderland");
    private readonly PeerWire _wire;

    public SessionsUnderLossTests() =>
        _wire = PeerWire.Reliable(new() { SessionTimer = Timer, Credentials = [new SipCredentials("alice", _password)] });

    public void Dispose() => _password.Dispose();

    // RFC 3261 §13.2.2.4.
    [Fact]
    public void A_2xx_to_a_reINVITE_that_comes_again_gets_the_same_ACK_byte_for_byte()
    {
        var session = Call();
        _ = Send(session, SipMethod.Invite);
        var reinvite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(reinvite, 200);
        var first = _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(reinvite, 200, edit: response => response.Headers[HeaderName.Contact] = "<sip:elsewhere@peer.test>");
        var second = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(Encoding.UTF8.GetString(first.ToBytes()), Encoding.UTF8.GetString(second.ToBytes()));
        // It says nothing new: the dialog stays as the first has left it.
        Assert.Equal("sip:peer@peer.test:5070;transport=tcp", session.Dialog!.RemoteTarget.Text);
    }

    [Fact]
    public void A_2xx_to_a_refresh_that_comes_again_gets_the_same_ACK_too()
    {
        Call("300;refresher=uac");
        _wire.Advance(TimeSpan.FromSeconds(150));
        var refresh = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(refresh, 200);
        var first = _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(refresh, 200);
        Assert.Equal(first.ToBytes(), _wire.ExpectRequest(SipMethod.Ack).ToBytes());
    }

    // RFC 3261 §8.2.6.2.
    [Fact]
    public void The_refusal_of_too_short_a_session_has_a_To_tag()
    {
        _wire.Says(Messages.FromPeer("INVITE", more: "Session-Expires: 90"));
        Assert.NotNull(_wire.ExpectResponse(422).To!.Tag);
    }

    // RFC 4028 §10: half the interval, then again before the other side would hang up.
    [Fact]
    public async Task A_refresh_that_is_refused_goes_again_and_without_any_success_the_session_ends_in_time()
    {
        var session = Call("400;refresher=uac");
        foreach (var pause in new[] { 200, 25, 25, 25, 25, 25, 25 })
        {
            _wire.Advance(TimeSpan.FromSeconds(pause));
            _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 488);
            _wire.ExpectRequest(SipMethod.Ack);
        }

        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(10));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.SessionExpired, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    // RFC 4028 §7.4 and §5: the peer must not grant less than our side bears, nor our side propose less than the peer bears.
    [Fact]
    public void A_refresh_names_the_least_interval_and_takes_that_of_a_422()
    {
        Call("400;refresher=uac");
        _wire.Advance(TimeSpan.FromSeconds(200));
        var refresh = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("400;refresher=uac", "120"), (refresh.Headers[HeaderName.SessionExpires], refresh.Headers[HeaderName.MinSE]));
        _wire.Answers(refresh, 422, edit: response => response.Headers.Add(HeaderName.MinSE, "500"));
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Advance(TimeSpan.FromSeconds(32));
        Assert.Equal("500;refresher=uac", _wire.ExpectRequest(SipMethod.Invite).Headers[HeaderName.SessionExpires]);
    }

    // RFC 3261 §14.1: a refused offer has changed nothing, and what an UPDATE has changed stays changed.
    [Theory]
    [InlineData("INVITE", 488, "v=0 first")]
    [InlineData("INVITE", 200, "v=0 second")]
    [InlineData("UPDATE", 488, "v=0 first")]
    [InlineData("UPDATE", 200, "v=0 second")]
    public void A_refresh_offers_what_was_agreed_on(string method, int status, string expected)
    {
        var session = Call("400;refresher=uac");
        _ = Send(session, SipMethod.Parse(method), "v=0 second");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Parse(method)), status, edit: response => response.Headers.Add(HeaderName.SessionExpires, "400;refresher=uac"));
        if (method == "INVITE")
        {
            _wire.ExpectRequest(SipMethod.Ack);
        }

        _wire.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal(expected, _wire.ExpectRequest(SipMethod.Invite).BodyText);
    }

    // RFC 3261 §14.1: no INVITE while another is on its way.
    [Fact]
    public void No_refresh_goes_out_while_a_reINVITE_rings()
    {
        var session = Call("400;refresher=uac");
        _ = Send(session, SipMethod.Invite);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 100, tag: null);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(360));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Bye);
    }

    // RFC 3311 §5.1: an UPDATE without an offer says nothing about the offer that is open.
    [Fact]
    public void The_answer_to_a_refreshing_UPDATE_does_not_open_the_way_for_an_offer_that_crosses_ours()
    {
        var session = Call();
        _ = Send(session, SipMethod.Update, "v=0 second");
        _wire.ExpectRequest(SipMethod.Update);
        _ = Send(session, SipMethod.Update);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Update), 200);
        _wire.Says($"""
            UPDATE sip:alice@self.test SIP/2.0
            Via: SIP/2.0/TCP peer.test:5070;branch=z9hG4bKcross
            Max-Forwards: 70
            From: <sip:bob@peer.test>;tag=peertag
            To: <sip:alice@self.test>;tag={session.Dialog!.LocalTag}
            Call-ID: {session.Dialog.CallId}
            CSeq: 50 UPDATE
            Content-Type: application/sdp

            v=0 theirs
            """);
        _wire.ExpectResponse(491);
    }

    // RFC 3261 §12.2.1.1: what goes again after the BYE would have the higher number, and the BYE could arrive as too old.
    [Fact]
    public async Task A_challenge_that_crosses_our_BYE_is_the_answer()
    {
        var session = Call();
        var answer = Send(session, SipMethod.Info);
        var info = _wire.ExpectRequest(SipMethod.Info);
        _ = _wire.Do(() => session.ByeAsync());
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Challenge(bye);
        bye = _wire.ExpectRequest(SipMethod.Bye);
        Challenge(info);
        _wire.ExpectNothing();
        Assert.Equal(407, (await answer).StatusCode);
        _wire.Answers(bye, 200);
        Assert.Equal(InviteReason.LocalBye, await session.Ended);
    }

    // RFC 3261 §9.1, by analogy: nobody waits for ever for a peer that has said 100 and died.
    [Fact]
    public async Task A_reINVITE_without_a_final_answer_is_over_64_T1_after_its_session()
    {
        var session = Call();
        var answer = Send(session, SipMethod.Invite);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 100, tag: null);
        _ = _wire.Do(() => session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.False(answer.IsCompleted);
        _wire.Tick();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, _wire.Counts);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => answer)).Failure);
    }

    // RFC 3261 §12.2.1.1: each dialog of a forked INVITE counts for itself, also when a proxy asks who we are.
    [Fact]
    public void A_challenged_request_in_an_early_dialog_takes_the_next_number_of_that_dialog()
    {
        var session = Invite();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, "desk");
        var desk = session.EarlyDialogs[0];
        _wire.Answers(invite, 180, "phone");
        var update = _wire.Do(() => session.CreateRequest(SipMethod.Update, desk));
        _ = _wire.Do(() => session.SendAsync(update));
        Challenge(_wire.ExpectRequest(SipMethod.Update));
        var again = _wire.ExpectRequest(SipMethod.Update);
        Assert.Equal(("desk", 3u), (again.To!.Tag, again.CSeq!.Number));
        Assert.Equal(4u, _wire.Do(() => session.CreateRequest(SipMethod.Info, desk)).CSeq!.Number);
    }

    [Theory]
    [InlineData(407)]
    [InlineData(408)]
    [InlineData(481)]
    public void What_becomes_of_the_early_dialog_of_a_fork_that_lost_is_nothing_to_the_session(int status)
    {
        var session = Invite();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, "desk");
        var update = _wire.Do(() => session.CreateRequest(SipMethod.Update));
        _ = _wire.Do(() => session.SendAsync(update));
        update = _wire.ExpectRequest(SipMethod.Update);
        _wire.Answers(invite, 200, "phone");
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(update, status, edit: response => response.Headers.Add(HeaderName.ProxyAuthenticate, "Digest realm=\"peer.test\", nonce=\"n1\", qop=\"auth\""));
        _wire.ExpectNothing();
        Assert.Equal((InviteState.Confirmed, "phone"), (session.State, session.Dialog!.RemoteTag));
    }

    [Fact]
    public void Early_dialogs_of_an_INVITE_that_goes_again_are_forgotten()
    {
        Invite();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, "desk");
        _wire.Answers(invite, 180, "phone");
        Assert.Equal(2, _wire.Counts.Dialogs);
        Challenge(invite);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 486);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_challenge_that_comes_after_the_end_is_the_answer()
    {
        var session = Call();
        var answer = Send(session, SipMethod.Info);
        var info = _wire.ExpectRequest(SipMethod.Info);
        _ = _wire.Do(() => session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Challenge(info);
        _wire.ExpectNothing();
        Assert.Equal(407, (await answer).StatusCode);
    }

    // RFC 3262 §4 and RFC 3261 §12.2.2: datagrams overtake each other, and a PRACK that comes too late in its dialog counts for nothing.
    [Fact]
    public void A_PRACK_that_was_overtaken_goes_again_with_a_higher_number_when_the_response_is_repeated()
    {
        Invite();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        Ring(invite);
        var first = _wire.ExpectRequest(SipMethod.Prack);
        _wire.Answers(first, 500);
        _wire.ExpectNothing();
        Ring(invite);
        var second = _wire.ExpectRequest(SipMethod.Prack);
        Assert.Equal((first.CSeq!.Number + 1, "7 1 INVITE"), (second.CSeq!.Number, second.Headers[HeaderName.RAck]));
        _wire.Answers(second, 200);
        Ring(invite);
        _wire.ExpectNothing();
    }

    // RFC 4028 §9: before the session stands there is nothing whose life could be limited.
    [Fact]
    public void An_UPDATE_in_an_early_dialog_starts_no_session_timer()
    {
        var session = Invite();
        session.RequestReceived = request =>
        {
            request.Respond(200);
            return true;
        };
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _wire.Says($"""
            UPDATE sip:alice@self.test SIP/2.0
            Via: SIP/2.0/TCP peer.test:5070;branch=z9hG4bKupdate
            Max-Forwards: 70
            From: <sip:bob@peer.test>;tag=peertag
            To: <sip:alice@self.test>;tag={invite.From!.Tag}
            Call-ID: {invite.CallId}
            CSeq: 50 UPDATE
            Supported: timer
            Session-Expires: 300

            """);
        Assert.Null(_wire.ExpectResponse(200).Headers[HeaderName.SessionExpires]);
        Assert.Equal(1, _wire.Counts.InviteSessions);
    }

    private InviteSession Invite() => _wire.Do(() =>
    {
        var invite = Messages.Invite(_wire);
        invite.SetBody("application/sdp", "v=0 first"u8.ToArray());
        return _wire.Endpoint.Invite(invite, new InviteOptions { Flow = _wire.Flow });
    });

    private InviteSession Call(string? sessionExpires = null)
    {
        var session = Invite();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200, edit: response =>
        {
            if (sessionExpires is not null)
            {
                response.Headers.Add(HeaderName.SessionExpires, sessionExpires);
            }
        });
        _wire.ExpectRequest(SipMethod.Ack);
        return session;
    }

    private Task<SipResponse> Send(InviteSession session, SipMethod method, string body = "") => _wire.Do(() =>
    {
        var request = session.CreateRequest(method);
        request.SetBody(body.Length > 0 ? "application/sdp" : "", Encoding.ASCII.GetBytes(body));
        return session.SendAsync(request);
    });

    private void Ring(SipRequest invite) => _wire.Answers(invite, 180, edit: response =>
    {
        response.Headers.Add(HeaderName.Require, "100rel");
        response.Headers.Add(HeaderName.RSeq, "7");
    });

    private void Challenge(SipRequest request) => _wire.Answers(
        request, 407, edit: response => response.Headers.Add(HeaderName.ProxyAuthenticate, "Digest realm=\"peer.test\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256"));
}
