namespace UcSdk.Sip.Tests;

/// <summary>The flows of RFC 3665 §3, and what goes wrong around them, from the caller's side.</summary>
public sealed class InviteSessionTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(InviteState, InviteReason)> _history = [];

    [Fact]
    public async Task A_successful_session_is_invited_acknowledged_and_ended_by_the_caller()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal("1 INVITE", invite.CSeq!.ToString());
        Assert.StartsWith(Via.MagicCookie, invite.TopVia!.Branch, StringComparison.Ordinal);
        _wire.Answers(invite, 180);
        Assert.Equal(InviteState.Proceeding, session.State);
        Assert.True(session.Dialog!.IsEarly);
        _wire.Answers(invite, 200);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal("1 ACK", ack.CSeq!.ToString());
        Assert.Equal("sip:peer@peer.test:5070;transport=tcp", ack.UriText);
        Assert.NotEqual(invite.TopVia.Branch, ack.TopVia!.Branch);
        Assert.True((await session.Answer).IsSuccess);
        Assert.False(session.Dialog.IsEarly);

        var ended = _wire.Do(() => session.ByeAsync(edit: bye => bye.Headers.Add(HeaderName.Reason, "SIP;cause=200")));
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal("2 BYE", bye.CSeq!.ToString());
        Assert.Equal("SIP;cause=200", bye.Headers[HeaderName.Reason]);
        Assert.False(ended.IsCompleted);
        _wire.Answers(bye, 200);
        await ended;
        Assert.Equal(InviteReason.LocalBye, await session.Ended);
        Assert.Equal(
            [
                (InviteState.Proceeding, InviteReason.Ringing), (InviteState.Confirmed, InviteReason.Answered),
                (InviteState.Terminating, InviteReason.LocalBye), (InviteState.Terminated, InviteReason.ByeAnswered),
            ],
            _history);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task The_callee_ends_a_session()
    {
        var session = Establish();
        _wire.Says(FromCallee(session, "BYE", 1));
        _wire.ExpectResponse(200);
        Assert.Equal(InviteReason.RemoteBye, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_busy_callee_is_acknowledged_and_reported()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 486);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(invite.TopVia!.Branch, ack.TopVia!.Branch);
        Assert.Equal(486, (await session.Answer).StatusCode);
        Assert.Equal(InviteReason.Refused, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redirection_is_reported_as_such(bool afterRinging)
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        if (afterRinging)
        {
            _wire.Answers(invite, 183);
        }

        _wire.Answers(invite, 302);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteReason.Redirected, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_ringing_call_is_cancelled()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _wire.Answers(invite, 183);
        _wire.Answers(invite, 180);
        var cancelled = _wire.Do(() => session.CancelAsync());
        var cancel = _wire.ExpectRequest(SipMethod.Cancel);
        Assert.Equal(invite.TopVia!.Branch, cancel.TopVia!.Branch);
        Assert.Equal("1 CANCEL", cancel.CSeq!.ToString());
        _wire.Answers(cancel, 200);
        Assert.False(cancelled.IsCompleted);
        _wire.Answers(invite, 487);
        _wire.ExpectRequest(SipMethod.Ack);
        await cancelled;
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        Assert.Equal(487, (await session.Answer).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_cancel_waits_for_the_first_provisional_response()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.ExpectNothing();
        _wire.Answers(invite, 100, tag: null);
        _wire.ExpectRequest(SipMethod.Cancel);
        _wire.Answers(invite, 180);
        _wire.ExpectNothing();
        _wire.Answers(invite, 487);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_2xx_that_crosses_the_cancel_is_acknowledged_and_ended()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel), 481);
        _wire.Answers(invite, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        Assert.Equal(SipFailure.Canceled, (await Assert.ThrowsAsync<SipException>(() => session.Answer)).Failure);
        Assert.Contains((InviteState.Terminating, InviteReason.CrossedByAnswer), _history);
        _wire.ExpectNothingLeft();
    }

    // The callee may be gone by then; its proxy says so, and that is no answer to the INVITE.
    [Fact]
    public async Task A_refused_bye_after_a_crossing_2xx_fails_the_invite_all_the_same()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel), 200);
        _wire.Answers(invite, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 480);
        Assert.True(session.Answer.IsFaulted);
        Assert.Equal(SipFailure.Canceled, (await Assert.ThrowsAsync<SipException>(() => session.Answer)).Failure);
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_cancel_that_nothing_answers_ends_64_T1_later()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.ExpectRequest(SipMethod.Cancel);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(InviteState.Terminating, session.State);
        _wire.Tick();
        Assert.Equal(InviteState.Terminated, session.State);
        Assert.Equal(InviteReason.LocalCancel, await session.Ended);
        // RFC 3261 §9.1: the transaction is destroyed with it; what comes now is nobody's.
        _wire.Answers(invite, 487);
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_answers_within_the_callers_patience(bool rings)
    {
        var session = Call(new() { RingTimeout = TimeSpan.FromSeconds(20) });
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        if (rings)
        {
            _wire.Answers(invite, 180);
        }

        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(20));
        _wire.ExpectNothing();
        _wire.Tick();
        Assert.Equal(InviteState.Terminating, session.State);
        if (!rings)
        {
            _wire.ExpectNothing();
            _wire.Answers(invite, 180);
        }

        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel), 200);
        _wire.Answers(invite, 487);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteReason.NoAnswer, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task An_invite_without_any_response_times_out_after_64_T1()
    {
        var session = Call();
        _wire.ExpectRequest(SipMethod.Invite);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.False(session.Answer.IsCompleted);
        _wire.Tick();
        var failure = await Assert.ThrowsAsync<SipException>(() => session.Answer);
        Assert.Equal((SipFailure.TimedOut, 408), (failure.Failure, failure.StatusCode));
        Assert.Equal(InviteReason.TimedOut, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(InviteState.Calling)]
    [InlineData(InviteState.Proceeding)]
    [InlineData(InviteState.Confirmed)]
    [InlineData(InviteState.Terminating)]
    public async Task A_lost_flow_ends_the_session(InviteState state)
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        if (state != InviteState.Calling)
        {
            _wire.Answers(invite, 180);
        }

        if (state is InviteState.Confirmed or InviteState.Terminating)
        {
            _wire.Answers(invite, 200);
        }

        if (state == InviteState.Terminating)
        {
            _ = _wire.Do(() => session.ByeAsync());
        }

        Assert.Equal(state, session.State);
        _wire.Breaks();
        Assert.Equal((InviteState.Terminated, InviteReason.FlowLost), _history[^1]);
        Assert.Equal(state == InviteState.Terminating ? InviteReason.LocalBye : InviteReason.FlowLost, await session.Ended);
        if (state is InviteState.Calling or InviteState.Proceeding)
        {
            Assert.Equal(SipFailure.FlowClosed, (await Assert.ThrowsAsync<SipException>(() => session.Answer)).Failure);
        }

        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_repeated_2xx_is_acknowledged_with_the_same_ack()
    {
        Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 200);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(invite, 200);
        var again = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(ack.ToBytes(), again.ToBytes());
        Assert.Single(_history);
    }

    [Fact]
    public async Task A_2xx_of_another_fork_is_acknowledged_and_ended_while_the_first_stays()
    {
        var session = Call();
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, tag: "first");
        _wire.Answers(invite, 180, tag: "second");
        _wire.Answers(invite, 200, tag: "second");
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(invite, 200, tag: "first");
        Assert.Equal("first", _wire.ExpectRequest(SipMethod.Ack).To!.Tag);
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal("first", bye.To!.Tag);
        _wire.Answers(bye, 200);
        Assert.Equal(InviteState.Confirmed, session.State);
        Assert.Equal("second", session.Dialog!.RemoteTag);
        Assert.Equal("second", (await session.Answer).To!.Tag);
    }

    [Fact]
    public async Task Byes_that_cross_end_the_session_once()
    {
        var session = Establish();
        var ended = _wire.Do(() => session.ByeAsync());
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        _wire.Says(FromCallee(session, "BYE", 1));
        _wire.ExpectResponse(200);
        await ended;
        _wire.Answers(bye, 481);
        Assert.Equal(InviteReason.LocalBye, await session.Ended);
        Assert.Equal((InviteState.Terminated, InviteReason.RemoteBye), _history[^1]);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_reinvite_that_the_end_of_the_session_overtakes_ends_though_somebody_says_100_later()
    {
        var session = Establish();
        var asked = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Invite)));
        var reinvite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Says(FromCallee(session, "BYE", 1));
        _wire.ExpectResponse(200);
        _wire.Advance(10 * Messages.T1);
        _wire.Answers(reinvite, 100, tag: null);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.False(asked.IsCompleted);
        _wire.Tick();
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => asked)).Failure);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public void A_request_that_crosses_our_bye_finds_no_session(string method)
    {
        var session = Establish();
        session.RequestReceived = _ => throw new InvalidOperationException("The session is ending: nobody is to be asked.");
        _ = _wire.Do(() => session.ByeAsync());
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        _wire.Says(FromCallee(session, method, 1));
        _wire.ExpectResponse(481);
        _wire.Answers(bye, 200);
        Assert.Equal(InviteState.Terminated, session.State);
    }

    [Fact]
    public async Task A_bye_without_an_answer_ends_the_session_after_64_T1()
    {
        var session = Establish();
        _ = _wire.Do(() => session.ByeAsync());
        _wire.ExpectRequest(SipMethod.Bye);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(InviteState.Terminating, session.State);
        _wire.Tick();
        Assert.Equal(InviteReason.LocalBye, await session.Ended);
        Assert.Equal((InviteState.Terminated, InviteReason.TimedOut), _history[^1]);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_request_inside_the_dialog_follows_the_route_set_backwards()
    {
        var session = Call();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200, edit: r =>
        {
            r.Headers.Add(HeaderName.RecordRoute, "<sip:near.test;lr>, <sip:far.test;lr;ms-route-sig=abc>");
        });
        Assert.Equal(["<sip:far.test;lr;ms-route-sig=abc>", "<sip:near.test;lr>"], _wire.ExpectRequest(SipMethod.Ack).Headers.GetAll(HeaderName.Route));
        var answer = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Info)));
        var info = _wire.ExpectRequest(SipMethod.Info);
        Assert.Equal(["<sip:far.test;lr;ms-route-sig=abc>", "<sip:near.test;lr>"], info.Headers.GetAll(HeaderName.Route));
        Assert.Equal("2 INFO", info.CSeq!.ToString());
        _wire.Answers(info, 200);
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public void A_strict_router_gets_itself_as_request_uri_and_the_target_last()
    {
        var session = Call();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200, edit: r => r.Headers.Add(HeaderName.RecordRoute, "<sip:loose.test;lr>, <sip:strict.test>"));
        _wire.ExpectRequest(SipMethod.Ack);
        var request = _wire.Do(() => session.CreateRequest(SipMethod.Info));
        Assert.Equal("sip:strict.test", request.UriText);
        Assert.Equal(["<sip:loose.test;lr>", "<sip:peer@peer.test:5070;transport=tcp>"], request.Headers.GetAll(HeaderName.Route));
    }

    [Theory]
    [InlineData("INFO", 481, InviteState.Confirmed)]
    [InlineData("INFO", 408, InviteState.Confirmed)]
    [InlineData("UPDATE", 481, InviteState.Terminated)]
    [InlineData("UPDATE", 501, InviteState.Confirmed)]
    [InlineData("INVITE", 488, InviteState.Confirmed)]
    [InlineData("INVITE", 481, InviteState.Terminated)]
    [InlineData("UPDATE", 408, InviteState.Terminating)]
    public async Task A_refusal_inside_the_dialog_ends_the_session_only_when_it_must(string method, int status, InviteState state)
    {
        var session = Establish();
        var answer = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Parse(method))));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Parse(method)), status);
        Assert.Equal(status, (await answer).StatusCode);
        Assert.Equal(state, session.State);
    }

    [Fact]
    public async Task An_update_without_an_answer_ends_the_session_by_bye_and_an_info_does_not()
    {
        var session = Establish();
        var info = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Info)));
        _wire.ExpectRequest(SipMethod.Info);
        _wire.Advance(64 * Messages.T1);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => info)).Failure);
        Assert.Equal(InviteState.Confirmed, session.State);
        var update = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Update)));
        _wire.ExpectRequest(SipMethod.Update);
        _wire.Advance(64 * Messages.T1);
        await Assert.ThrowsAsync<SipException>(() => update);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.TimedOut, await session.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_reinvite_is_acknowledged_and_refreshes_the_target()
    {
        var session = Establish();
        var answer = _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Invite)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Says(Accepting(invite, "<sip:peer@elsewhere.test>"));
        Assert.Equal("sip:peer@elsewhere.test", _wire.ExpectRequest(SipMethod.Ack).UriText);
        await answer;
        Assert.Equal("sip:peer@elsewhere.test", session.Dialog!.RemoteTarget.Text);

        static SipResponse Accepting(SipRequest invite, string contact)
        {
            var response = invite.CreateResponse(200);
            response.Headers.Add(HeaderName.Contact, contact);
            return response;
        }
    }

    [Fact]
    public void Requests_inside_the_dialog_come_to_the_session_in_order_only()
    {
        var session = Establish();
        var seen = new List<string>();
        session.RequestReceived = request =>
        {
            seen.Add(request.Request.BodyText);
            if (!request.IsAnswered)
            {
                request.Respond(200);
            }

            return true;
        };
        _wire.Says(FromCallee(session, "INFO", 10, "one"));
        _wire.ExpectResponse(200);
        _wire.Says(FromCallee(session, "INFO", 9, "old"));
        _wire.ExpectResponse(500);
        _wire.Says(FromCallee(session, "BENOTIFY", 11, "silent"));
        _wire.ExpectNothing();
        _wire.Says(FromCallee(session, "BENOTIFY", 11, "silent again"));
        _wire.ExpectNothing();
        Assert.Equal(["one", "silent"], seen);
    }

    [Theory]
    [InlineData("INFO", 415)]
    [InlineData("INVITE", 488)]
    [InlineData("UPDATE", 405)]
    [InlineData("PUBLISH", 501)]
    [InlineData("OPTIONS", 200)]
    public void Unwanted_requests_inside_the_dialog_are_refused(string method, int status)
    {
        var session = Establish();
        _wire.Says(FromCallee(session, method, 1));
        _wire.ExpectResponse(status);
    }

    [Fact]
    public void A_request_to_an_unknown_dialog_gets_481()
    {
        _wire.Says(Messages.FromPeer("BYE", toTag: "nobody"));
        _wire.ExpectResponse(481);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_a_state_does_not_allow_names_object_state_and_operation()
    {
        var session = Call();
        Assert.Contains("outgoing session is Calling", Assert.Throws<InvalidOperationException>(() => session.Ring()).Message, StringComparison.Ordinal);
        Assert.Contains("send a request", Assert.Throws<InvalidOperationException>(() => { _ = session.SendAsync(session.InitialRequest); }).Message, StringComparison.Ordinal);
    }

    private static string FromCallee(InviteSession session, string method, int cseq, string body = "") => Messages.FromPeer(
        method, cseq, $"z9hG4bK{method}{cseq}", session.Dialog!.LocalTag, callId: session.Dialog.CallId, body: body);

    private InviteSession Call(InviteOptions? options = null)
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), options));
        session.StateChanged += change => _history.Add((change.Current, change.Reason));
        return session;
    }

    private InviteSession Establish()
    {
        var session = Call();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        return session;
    }
}
