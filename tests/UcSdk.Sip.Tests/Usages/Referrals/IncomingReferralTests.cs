namespace UcSdk.Sip.Tests;

/// <summary>REFER as the one sees it who is asked (RFC 3515), inside a session and outside.</summary>
public sealed class IncomingReferralTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly SipFlow _third;
    private readonly List<(IncomingReferralState, IncomingReferralReason)> _history = [];
    private IncomingReferral? _referral;
    private InviteSession? _session;
    private InviteSession? _call;

    public IncomingReferralTests()
    {
        _third = _wire.Connect("third.test");
        _wire.Endpoint.RouteRequest = request => request.Uri!.Host == "third.test" ? _third : _wire.Flow;
        _wire.Endpoint.RequestReceived = Take;
    }

    // RFC 3515 §2.4.5: 100 at once, then what the call says, in order and one at a time.
    [Fact]
    public async Task The_call_that_is_asked_for_is_made_and_told()
    {
        Establish();
        Refer();
        var accepted = Accept();
        Assert.NotNull(accepted.Contact);
        var first = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal(("refer", "active;expires=180", "SIP/2.0 100 Trying\r\n"), Told(first));
        Assert.Equal(("message/sipfrag;version=2.0", _session!.Dialog!.LocalTag), (first.Headers[HeaderName.ContentType], first.From!.Tag));
        var invite = Call();
        Assert.Equal(("sip:carol@third.test", "<sip:bob@peer.test>"), (invite.UriText, invite.Headers[HeaderName.ReferredBy]));
        _wire.Answers(invite, 183, flow: _third);
        _wire.ExpectNothing();
        _wire.Answers(invite, 180, flow: _third);
        _wire.ExpectNothing();
        _wire.Answers(first, 200);
        var second = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal("SIP/2.0 180 Ringing\r\n", second.BodyText);
        _wire.Answers(second, 200);
        _wire.Answers(invite, 200, flow: _third);
        _wire.ExpectRequest(SipMethod.Ack, _third);
        var last = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal(("refer", "terminated;reason=noresource", "SIP/2.0 200 OK\r\n"), Told(last));
        Assert.False(_referral!.Ended.IsCompleted);
        _wire.Answers(last, 200);
        Assert.Equal(IncomingReferralReason.Completed, await _referral.Ended);
        Assert.Equal(
            [
                (IncomingReferralState.Active, IncomingReferralReason.Accepted), (IncomingReferralState.Active, IncomingReferralReason.Reported),
                (IncomingReferralState.Active, IncomingReferralReason.Reported), (IncomingReferralState.Completing, IncomingReferralReason.Completed),
                (IncomingReferralState.Terminated, IncomingReferralReason.Notified),
            ],
            _history);
        Assert.Equal((InviteState.Confirmed, InviteState.Confirmed), (_session.State, _call!.State));
    }

    [Theory]
    [InlineData(302, "SIP/2.0 302 Moved Temporarily\r\n")]
    [InlineData(486, "SIP/2.0 486 Busy Here\r\n")]
    [InlineData(603, "SIP/2.0 603 Decline\r\n")]
    public void A_refusal_is_told_as_it_came(int status, string body)
    {
        Active();
        var invite = Call();
        _wire.Answers(invite, status, flow: _third);
        _wire.ExpectRequest(SipMethod.Ack, _third);
        Assert.Equal(("refer", "terminated;reason=noresource", body), Told(_wire.ExpectRequest(SipMethod.Notify)));
    }

    [Fact]
    public void A_call_that_nobody_answers_is_told_as_408()
    {
        Active();
        Call();
        _wire.Advance(64 * Messages.T1);
        Assert.Equal("SIP/2.0 408 Request Timeout\r\n", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Fact]
    public void A_call_whose_flow_is_lost_is_told_as_503()
    {
        Active();
        Call();
        _wire.Breaks(_third);
        Assert.Equal("SIP/2.0 503 Service Unavailable\r\n", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Fact]
    public void A_call_that_is_answered_already_is_told_at_once()
    {
        Establish();
        Refer();
        Accept();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        _call = _wire.Do(() => _wire.Endpoint.Invite(_referral!.CreateRequest(Messages.Alice)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite, _third), 200, flow: _third);
        _wire.ExpectRequest(SipMethod.Ack, _third);
        _wire.Do(() => _referral!.Follow(_call));
        Assert.Equal("SIP/2.0 200 OK\r\n", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Fact]
    public async Task A_declined_REFER_is_over()
    {
        Establish();
        Refer();
        _wire.Do(() => _referral!.Reject());
        _wire.ExpectResponse(603);
        Assert.Equal(IncomingReferralReason.Rejected, await _referral!.Ended);
        Assert.Equal(InviteState.Confirmed, _session!.State);
        Bye();
        _wire.ExpectNothingLeft();
    }

    // RFC 4488 §4.
    [Fact]
    public async Task A_referrer_who_wants_silence_gets_it()
    {
        Establish();
        Refer("Refer-Sub: false");
        Assert.True(_referral!.IsSilent);
        Assert.Equal("false", Accept().Headers[HeaderName.ReferSub]);
        Assert.Equal(IncomingReferralReason.AcceptedSilently, await _referral.Ended);
        var invite = Call();
        _wire.Answers(invite, 180, flow: _third);
        _wire.ExpectNothing();
    }

    [Fact]
    public async Task A_REFER_outside_a_session_makes_a_dialog_that_ends_with_its_last_NOTIFY()
    {
        _wire.Says(Messages.FromPeer("REFER", more: "Refer-To: <sip:carol@third.test>"));
        var accepted = Accept();
        var first = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal((accepted.To!.Tag, "peertag", "sip:bob@peer.test:5070;transport=tcp"), (first.From!.Tag, first.To!.Tag, first.UriText));
        Assert.Equal((1, 1), (_wire.Counts.Dialogs, _wire.Counts.Referrals));
        _wire.Answers(first, 200);
        _wire.Do(() => _referral!.Report(200));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        Assert.Equal(IncomingReferralReason.Completed, await _referral!.Ended);
        _wire.ExpectNothingLeft();
    }

    // RFC 3515 §2.4.1.
    [Theory]
    [InlineData("Subject: none")]
    [InlineData("Refer-To: <sip:carol@third.test>\nRefer-To: <sip:dave@third.test>")]
    [InlineData("Refer-To: <sip:carol@third.test>, <sip:dave@third.test>")]
    [InlineData("Refer-To: nonsense")]
    [InlineData("Refer-To: <sip:carol@third.test?Replaces=nonsense>")]
    public void A_REFER_without_one_readable_target_gets_400(string header)
    {
        Establish();
        _wire.Says(Messages.FromPeer("REFER", 2, "z9hG4bKrefer", _session!.Dialog!.LocalTag, header));
        _wire.ExpectResponse(400);
        _wire.Says(Messages.FromPeer("REFER", 1, "z9hG4bKoutside", more: header, callId: "other"));
        _wire.ExpectResponse(400);
        Assert.Null(_referral);
    }

    // An endpoint that forwards does not look into what is for others.
    [Fact]
    public void Where_the_endpoint_forwards_such_a_REFER_makes_no_referral()
    {
        var proxy = PeerWire.Reliable(new() { IsProxy = true });
        IncomingRequest? received = null;
        proxy.Endpoint.RequestReceived = request => received = request;
        proxy.Says(Messages.FromPeer("REFER", more: "Refer-To: nonsense"));
        Assert.Contains("readable Refer-To", Assert.Throws<InvalidOperationException>(() => received!.CreateReferral()).Message, StringComparison.Ordinal);
        proxy.Do(() => received!.Respond(400));
        proxy.ExpectResponse(400);
    }

    [Fact]
    public void Nobody_who_wants_a_REFER_refuses_it()
    {
        Establish();
        _session!.RequestReceived = null;
        _wire.Says(Messages.FromPeer("REFER", 2, "z9hG4bKrefer", _session.Dialog!.LocalTag, "Refer-To: <sip:carol@third.test>"));
        _wire.ExpectResponse(405);
    }

    // RFC 3515 §2.4.6: the second of a dialog needs an id.
    [Fact]
    public void The_second_REFER_of_a_session_is_told_with_its_id()
    {
        Active();
        Refer(cseq: 3);
        Accept();
        Assert.Equal("refer;id=3", _wire.ExpectRequest(SipMethod.Notify).Headers[HeaderName.Event]);
    }

    [Fact]
    public void The_referrer_extends_the_subscription_and_is_told_anew()
    {
        Active();
        _wire.Do(() => _referral!.Report(180));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        _wire.Advance(TimeSpan.FromSeconds(100));
        Subscribe("refer", 3600, 3);
        Assert.Equal("180", _wire.ExpectResponse(200).Headers[HeaderName.Expires]);
        var told = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal(("refer", "active;expires=180", "SIP/2.0 180 Ringing\r\n"), Told(told));
        _wire.Answers(told, 200);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(180));
        _wire.ExpectNothing();
        _wire.Tick();
        Assert.Equal(("refer", "terminated;reason=timeout", "SIP/2.0 180 Ringing\r\n"), Told(_wire.ExpectRequest(SipMethod.Notify)));
        Assert.Contains((IncomingReferralState.Completing, IncomingReferralReason.Expired), _history);
    }

    [Fact]
    public async Task The_referrer_wants_to_hear_no_more()
    {
        Active();
        var invite = Call();
        Subscribe("refer", 0, 3);
        _wire.ExpectResponse(200);
        var last = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal(("refer", "terminated;reason=timeout", "SIP/2.0 100 Trying\r\n"), Told(last));
        Subscribe("refer", 60, 4);
        _wire.ExpectResponse(481);
        _wire.Answers(last, 200);
        Assert.Equal(IncomingReferralReason.Unsubscribed, await _referral!.Ended);
        // The call goes on untold.
        _wire.Answers(invite, 180, flow: _third);
        _wire.ExpectNothing();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_NOTIFY_ends_the_telling_and_nothing_else(bool last)
    {
        Establish();
        Refer();
        Accept();
        var notify = _wire.ExpectRequest(SipMethod.Notify);
        if (last)
        {
            _wire.Answers(notify, 200);
            _wire.Do(() => _referral!.Report(200));
            notify = _wire.ExpectRequest(SipMethod.Notify);
        }

        _wire.Answers(notify, 481);
        Assert.Equal(last ? IncomingReferralReason.Completed : IncomingReferralReason.NotifyRefused, await _referral!.Ended);
        Assert.Equal((IncomingReferralState.Terminated, IncomingReferralReason.NotifyRefused), _history[^1]);
        Assert.Equal(InviteState.Confirmed, _session!.State);
        Bye();
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_NOTIFY_without_an_answer_ends_the_telling(bool last)
    {
        Establish();
        Refer();
        Accept();
        var notify = _wire.ExpectRequest(SipMethod.Notify);
        if (last)
        {
            _wire.Answers(notify, 200);
            _wire.Do(() => _referral!.Report(486));
            _wire.ExpectRequest(SipMethod.Notify);
        }

        _wire.Advance(64 * Messages.T1);
        Assert.Equal(last ? IncomingReferralReason.Completed : IncomingReferralReason.NotifyTimedOut, await _referral!.Ended);
        Assert.Equal((IncomingReferralState.Terminated, IncomingReferralReason.NotifyTimedOut), _history[^1]);
        Assert.Equal(InviteState.Confirmed, _session!.State);
    }

    [Theory]
    [InlineData(IncomingReferralState.Incoming)]
    [InlineData(IncomingReferralState.Active)]
    [InlineData(IncomingReferralState.Completing)]
    public async Task A_lost_flow_ends_it_in_every_state(IncomingReferralState state)
    {
        Establish();
        Refer();
        if (state != IncomingReferralState.Incoming)
        {
            Accept();
            _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        }

        if (state == IncomingReferralState.Completing)
        {
            _wire.Do(() => _referral!.Report(200));
        }

        Assert.Equal(state, _referral!.State);
        _wire.Breaks();
        await _referral.Ended;
        Assert.Equal((IncomingReferralState.Terminated, IncomingReferralReason.FlowLost), _history[^1]);
    }

    // RFC 3261 §19.1.5: what would forge identity, route or abilities is not taken over.
    [Fact]
    public void The_request_that_is_asked_for_takes_over_what_cannot_harm()
    {
        _wire.Says(Messages.FromPeer(
            "REFER",
            more: "Refer-To: \"Carol\" <sip:carol@third.test;method=MESSAGE;transport=tcp?Subject=Hello%20there&From=%3Csip:boss@x%3E&Route=%3Csip:evil%3E&Accept-Contact=*%3Baudio>"));
        var request = _wire.Do(() => _referral!.CreateRequest(Messages.Alice));
        Assert.Equal(("MESSAGE", "sip:carol@third.test;transport=tcp"), (request.Method.Name, request.UriText));
        Assert.Equal(("Hello there", "*;audio"), (request.Headers[HeaderName.Subject], request.Headers[HeaderName.Of("Accept-Contact")]));
        Assert.Equal("sip:alice@self.test", request.From!.Uri.Text);
        Assert.False(request.Headers.Contains(HeaderName.Route));
        _wire.Do(() => _referral!.Reject());
    }

    [Fact]
    public void What_a_state_does_not_allow_names_object_state_and_operation()
    {
        Establish();
        Refer();
        Assert.Contains("Cannot report: the referral to sip:carol@third.test is Incoming", Assert.Throws<InvalidOperationException>(() => _referral!.Report(180)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _referral!.Follow(_session!));
        Accept();
        _wire.ExpectRequest(SipMethod.Notify);
        Call();
        Assert.Contains("follows a call already", Assert.Throws<InvalidOperationException>(() => _referral!.Follow(_call!)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _referral!.Accept());
        Assert.Throws<ArgumentException>(() => _referral!.Report(486, "a\r\nb"));
    }

    private void Take(IncomingRequest request)
    {
        if (request.Request.Method.IsInvite)
        {
            _session = request.CreateInviteSession();
            _session.RequestReceived = inside =>
            {
                Take(inside);
                return true;
            };
            _ = _session.AcceptAsync();
        }
        else if (request.Request.Method == SipMethod.Refer)
        {
            _referral = request.CreateReferral();
            _referral.StateChanged += change => _history.Add((change.Current, change.Reason));
        }
    }

    private void Establish()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", _session!.Dialog!.LocalTag));
        Assert.Equal(InviteState.Confirmed, _session.State);
    }

    private void Refer(string more = "Referred-By: <sip:bob@peer.test>", int cseq = 2) => _wire.Says(Messages.FromPeer(
        "REFER", cseq, $"z9hG4bKrefer{cseq}", _session!.Dialog!.LocalTag, "Refer-To: <sip:carol@third.test>\n" + more));

    private SipResponse Accept()
    {
        _wire.Do(() => _referral!.Accept());
        return _wire.ExpectResponse(202);
    }

    private void Active()
    {
        Establish();
        Refer();
        Accept();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
    }

    private SipRequest Call()
    {
        _call = _wire.Do(() => _wire.Endpoint.Invite(_referral!.CreateRequest(Messages.Alice)));
        _wire.Do(() => _referral!.Follow(_call));
        return _wire.ExpectRequest(SipMethod.Invite, _third);
    }

    private void Subscribe(string package, int expires, int cseq) => _wire.Says(Messages.FromPeer(
        "SUBSCRIBE", cseq, $"z9hG4bKsubscribe{cseq}", _session!.Dialog!.LocalTag, $"Event: {package}\nExpires: {expires}"));

    private void Bye()
    {
        _ = _wire.Do(() => _session!.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
    }

    private static (string?, string?, string) Told(SipRequest notify) =>
        (notify.Headers[HeaderName.Event], notify.Headers[HeaderName.SubscriptionState], notify.BodyText);
}
