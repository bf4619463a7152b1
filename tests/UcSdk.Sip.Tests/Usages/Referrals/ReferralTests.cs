namespace UcSdk.Sip.Tests;

/// <summary>REFER as the referrer sees it (RFC 3515), inside a session and outside.</summary>
public sealed class ReferralTests
{
    private static readonly SipUri Carol = SipUri.Parse("sip:carol@third.test");

    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(ReferralState, ReferralReason)> _history = [];
    private readonly List<string> _told = [];
    private int _cseq;

    // RFC 3515 §4.1, the REFER inside a session (RFC 5359 §2.4).
    [Fact]
    public async Task A_transfer_is_accepted_told_and_done()
    {
        var session = Establish();
        var referral = Refer(session);
        var refer = _wire.ExpectRequest(SipMethod.Refer);
        Assert.Equal(
            ("2 REFER", "<sip:carol@third.test>", "<sip:alice@self.test>", session.Dialog!.RemoteTag, "sip:peer@peer.test:5070;transport=tcp"),
            (refer.CSeq!.ToString(), refer.Headers[HeaderName.ReferTo], refer.Headers[HeaderName.ReferredBy], refer.To!.Tag, refer.UriText));
        Assert.NotNull(refer.Contact);
        _wire.Answers(refer, 202);
        await referral.Accepted;
        Assert.False(referral.Outcome.IsCompleted);
        Notify(session.Dialog, "active;expires=60", "SIP/2.0 100 Trying");
        Notify(session.Dialog, "active;expires=59", "SIP/2.0 180 Ringing");
        Notify(session.Dialog, "terminated;reason=noresource", "SIP/2.0 200 OK");
        Assert.Equal(new ReferralProgress(200, "OK"), await referral.Outcome);
        Assert.Equal(ReferralReason.Completed, await referral.Ended);
        Assert.Equal(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"], _told);
        Assert.Equal(
            [
                (ReferralState.Following, ReferralReason.Accepted), (ReferralState.Following, ReferralReason.Progress),
                (ReferralState.Following, ReferralReason.Progress), (ReferralState.Terminated, ReferralReason.Completed),
            ],
            _history);
        Assert.Equal(InviteState.Confirmed, session.State);
        End(session);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("486 Busy Here", 486, "Busy Here")]
    [InlineData("603 Decline", 603, "Decline")]
    [InlineData("200", 200, "")]
    public async Task What_becomes_of_the_call_is_the_outcome(string status, int code, string phrase)
    {
        var session = Establish();
        var referral = Accepted(session);
        Notify(session.Dialog!, "terminated;reason=noresource", "SIP/2.0 " + status);
        Assert.Equal(new ReferralProgress(code, phrase), await referral.Outcome);
    }

    [Fact]
    public async Task A_refused_REFER_leaves_the_session_as_it_was()
    {
        var session = Establish();
        var referring = _wire.Do(() => session.ReferAsync(ReferTo.To(Carol)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Refer), 603);
        Assert.Equal(603, (await Assert.ThrowsAsync<SipException>(() => referring)).StatusCode);
        Assert.Equal((InviteState.Confirmed, 1), (session.State, _wire.Counts.Dialogs));
        End(session);
        _wire.ExpectNothingLeft();
    }

    // RFC 4488 §4.
    [Fact]
    public async Task A_REFER_that_asks_for_silence_ends_with_its_answer()
    {
        var session = Establish();
        var referral = _wire.Do(() => session.Refer(ReferTo.To(Carol), new() { IsFollowed = false }));
        var refer = _wire.ExpectRequest(SipMethod.Refer);
        Assert.Equal(("false", "norefersub"), (refer.Headers[HeaderName.ReferSub], refer.Headers[HeaderName.Supported]));
        _wire.Answers(refer, 202, edit: response => response.Headers.Add(HeaderName.ReferSub, "false"));
        await referral.Accepted;
        Assert.Equal(ReferralReason.AcceptedSilently, await referral.Ended);
        Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => referral.Outcome)).Failure);
        End(session);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_peer_that_does_not_know_of_silence_is_listened_to()
    {
        var session = Establish();
        var referral = _wire.Do(() => session.Refer(ReferTo.To(Carol), new() { IsFollowed = false }));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Refer), 202);
        Notify(session.Dialog!, "terminated;reason=noresource", "SIP/2.0 200 OK");
        Assert.True((await referral.Outcome).IsSuccess);
    }

    [Theory]
    [InlineData("active;expires=60", ReferralState.Following)]
    [InlineData("terminated;reason=noresource", ReferralState.Terminated)]
    public async Task A_NOTIFY_may_overtake_the_202(string state, ReferralState expected)
    {
        var session = Establish();
        var referral = Refer(session);
        var refer = _wire.ExpectRequest(SipMethod.Refer);
        Notify(session.Dialog!, state, "SIP/2.0 200 OK");
        await referral.Accepted;
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(expected, referral.State);
        _wire.Answers(refer, 202);
        Assert.Equal(expected, referral.State);
    }

    // RFC 3515 §4.1: the REFER is the dialog.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outside_a_session_the_REFER_makes_a_dialog_of_its_own(bool notifyFirst)
    {
        var referral = _wire.Do(() => Watch(_wire.Endpoint.Refer(Outside())));
        var refer = _wire.ExpectRequest(SipMethod.Refer);
        Assert.Equal(("1 REFER", null), (refer.CSeq!.ToString(), refer.To!.Tag));
        if (!notifyFirst)
        {
            _wire.Answers(refer, 202);
        }

        _wire.Says(Messages.FromPeer(
            "NOTIFY", 1, "z9hG4bKn1", refer.From!.Tag!, "Event: refer\nSubscription-State: active;expires=60\nContent-Type: message/sipfrag",
            refer.CallId!, "SIP/2.0 100 Trying"));
        _wire.ExpectResponse(200);
        if (notifyFirst)
        {
            _wire.Answers(refer, 202);
        }

        Assert.Equal((1, 1), (_wire.Counts.Dialogs, _wire.Counts.Referrals));
        Notify(referral.Dialog!, "terminated;reason=noresource", "SIP/2.0 200 OK");
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal("SIP/2.0 100 Trying", _told[0]);
        _wire.ExpectNothingLeft();
    }

    // RFC 3515 §2.4.6.
    [Fact]
    public async Task Two_referrals_of_a_session_are_told_apart_by_id()
    {
        var session = Establish();
        var first = Accepted(session);
        var second = Accepted(session);
        Assert.Equal(("2 REFER", "3 REFER"), (first.Request.CSeq!.ToString(), second.Request.CSeq!.ToString()));
        Notify(session.Dialog!, "terminated;reason=noresource", "SIP/2.0 404 Not Found", "refer;id=3");
        Notify(session.Dialog!, "terminated;reason=noresource", "SIP/2.0 200 OK", "refer");
        Assert.Equal((200, 404), ((await first.Outcome).StatusCode, (await second.Outcome).StatusCode));
    }

    [Fact]
    public async Task The_subscription_is_refreshed_at_half_time_and_runs_out_unless_extended()
    {
        var session = Establish();
        var referral = Accepted(session);
        Notify(session.Dialog!, "active;expires=60", "SIP/2.0 180 Ringing");
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        _wire.ExpectNothing();
        _wire.Tick();
        var refresh = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("3 SUBSCRIBE", "refer"), (refresh.CSeq!.ToString(), refresh.Headers[HeaderName.Event]));
        _wire.Answers(refresh, 200, edit: response => response.Headers.Add(HeaderName.Expires, "60"));
        _wire.Advance(TimeSpan.FromSeconds(30));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 500);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        Assert.Equal(ReferralState.Following, referral.State);
        _wire.Tick();
        Assert.Equal(ReferralReason.Expired, await referral.Ended);
        End(session);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_referrer_who_has_heard_enough_unsubscribes()
    {
        var session = Establish();
        var referral = Accepted(session);
        var ended = _wire.Do(() => referral.UnsubscribeAsync());
        var unsubscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("0", unsubscribe.Headers[HeaderName.Expires]);
        Assert.False(ended.IsCompleted);
        _wire.Answers(unsubscribe, 200);
        await ended;
        Assert.Equal(ReferralReason.LocalUnsubscribe, await referral.Ended);
        Assert.Equal(SipFailure.Canceled, (await Assert.ThrowsAsync<SipException>(() => referral.Outcome)).Failure);
        End(session);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(202, false)]
    [InlineData(202, true)]
    [InlineData(603, false)]
    public async Task Unsubscribing_before_the_answer_waits_for_it(int status, bool silent)
    {
        var session = Establish();
        var referral = Refer(session);
        var refer = _wire.ExpectRequest(SipMethod.Refer);
        _ = _wire.Do(() => referral.UnsubscribeAsync());
        _wire.ExpectNothing();
        _wire.Answers(refer, status, edit: response =>
        {
            if (silent)
            {
                response.Headers.Add(HeaderName.ReferSub, "false");
            }
        });
        if (status == 202 && !silent)
        {
            _ = _wire.ExpectRequest(SipMethod.Subscribe);
            Notify(session.Dialog!, "terminated;reason=timeout", "SIP/2.0 100 Trying");
        }

        Assert.Equal(ReferralReason.LocalUnsubscribe, await referral.Ended);
    }

    [Fact]
    public async Task A_peer_that_accepts_and_says_nothing_is_given_up_after_64_T1()
    {
        var session = Establish();
        var referral = Accepted(session);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(ReferralState.Following, referral.State);
        _wire.Tick();
        Assert.Equal(ReferralState.Terminated, referral.State);
        Assert.Equal(ReferralReason.TimedOut, await referral.Ended);
        Assert.Equal(InviteState.Confirmed, session.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_REFER_without_an_answer_times_out(bool unsubscribing)
    {
        var session = Establish();
        var referral = Refer(session);
        _wire.ExpectRequest(SipMethod.Refer);
        if (unsubscribing)
        {
            _ = _wire.Do(() => referral.UnsubscribeAsync());
        }

        _wire.Advance(64 * Messages.T1);
        Assert.Equal(unsubscribing ? ReferralReason.LocalUnsubscribe : ReferralReason.TimedOut, await referral.Ended);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => referral.Accepted)).Failure);
        Assert.Equal(InviteState.Confirmed, session.State);
    }

    [Theory]
    [InlineData(ReferralState.Referring, ReferralReason.FlowLost)]
    [InlineData(ReferralState.Following, ReferralReason.FlowLost)]
    [InlineData(ReferralState.Terminating, ReferralReason.LocalUnsubscribe)]
    public async Task A_lost_flow_ends_it_in_every_state(ReferralState state, ReferralReason reason)
    {
        var session = Establish();
        var referral = state == ReferralState.Referring ? Refer(session) : Accepted(session);
        if (state == ReferralState.Terminating)
        {
            _ = _wire.Do(() => referral.UnsubscribeAsync());
        }

        Assert.Equal(state, referral.State);
        _wire.Breaks();
        Assert.Equal(reason, await referral.Ended);
        Assert.Equal((ReferralState.Terminated, ReferralReason.FlowLost), _history[^1]);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_481_to_the_refresh_ends_the_referral_and_not_the_session()
    {
        var session = Establish();
        var referral = Accepted(session);
        Notify(session.Dialog!, "active;expires=60", "SIP/2.0 100 Trying");
        _wire.Advance(TimeSpan.FromSeconds(30));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 481);
        Assert.Equal(ReferralReason.DialogGone, await referral.Ended);
        Assert.Equal(InviteState.Confirmed, session.State);
    }

    [Fact]
    public async Task Credentials_change_the_number_and_with_it_the_id()
    {
        var wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials("alice", new SipPassword("secret"), "peer.test")] });
        var session = Establish(wire);
        var referral = wire.Do(() => session.Refer(ReferTo.To(Carol)));
        wire.Answers(wire.ExpectRequest(SipMethod.Refer), 401, edit: response =>
            response.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"peer.test\", nonce=\"1\", algorithm=MD5, qop=\"auth\""));
        var again = wire.ExpectRequest(SipMethod.Refer);
        Assert.Equal("3 REFER", again.CSeq!.ToString());
        wire.Answers(again, 202);
        Notify(session.Dialog!, "terminated;reason=noresource", "SIP/2.0 200 OK", "refer;id=3", wire);
        Assert.True((await referral.Outcome).IsSuccess);
    }

    [Fact]
    public void A_NOTIFY_without_a_status_line_counts_by_its_state_alone()
    {
        var session = Establish();
        var referral = Accepted(session);
        Notify(session.Dialog!, "active;expires=60", "garbage");
        Assert.Null(referral.Progress);
        Notify(session.Dialog!, "terminated;reason=noresource", "");
        Assert.Equal(ReferralState.Terminated, referral.State);
    }

    [Fact]
    public async Task At_disposal_whoever_waits_is_told()
    {
        var session = Establish();
        var referral = Accepted(session);
        _wire.Do(() => { _ = _wire.Endpoint.DisposeAsync().AsTask(); });
        Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => referral.Outcome)).Failure);
        await Assert.ThrowsAsync<SipException>(() => referral.Ended);
    }

    [Fact]
    public void A_REFER_needs_one_readable_target()
    {
        var refer = Outside();
        refer.Headers.Add(HeaderName.ReferTo, "<sip:dave@third.test>");
        Assert.Throws<ArgumentException>(() => _wire.Endpoint.Refer(refer));
        Assert.Throws<ArgumentException>(() => _wire.Endpoint.Refer(Messages.Options(_wire)));
        Assert.Equal(0, _wire.Counts.Referrals);
    }

    private SipRequest Outside()
    {
        var refer = _wire.Endpoint.CreateRequest(SipMethod.Refer, Messages.Bob.Uri, Messages.Alice, Messages.Bob);
        refer.Headers.Add(HeaderName.ReferTo, ReferTo.To(Carol).ToString());
        return refer;
    }

    private Referral Refer(InviteSession session) => _wire.Do(() => Watch(session.Refer(ReferTo.To(Carol))));

    private Referral Accepted(InviteSession session)
    {
        var referral = Refer(session);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Refer), 202);
        return referral;
    }

    private Referral Watch(Referral referral)
    {
        referral.StateChanged += change => _history.Add((change.Current, change.Reason));
        referral.Progressed += progress => _told.Add(progress.ToString());
        return referral;
    }

    private void Notify(Dialog dialog, string state, string body, string package = "refer", PeerWire? wire = null)
    {
        wire ??= _wire;
        var number = 10 + _cseq++;
        wire.Says(Messages.FromPeer(
            "NOTIFY", number, $"z9hG4bKnotify{number}", dialog.LocalTag,
            $"Event: {package}\nSubscription-State: {state}\nContent-Type: message/sipfrag;version=2.0", dialog.CallId, body));
        wire.ExpectResponse(200);
    }

    private InviteSession Establish(PeerWire? wire = null)
    {
        wire ??= _wire;
        var session = wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 200);
        wire.ExpectRequest(SipMethod.Ack);
        return session;
    }

    private void End(InviteSession session)
    {
        _ = _wire.Do(() => session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
    }
}
