namespace UcSdk.Sip.Tests;

/// <summary>A dialog that serves an invite session and the subscriptions of REFERs inside it (RFC 5057).</summary>
public sealed class SharedDialogTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly InviteSession _session;
    private int _cseq = 10;

    public SharedDialogTests()
    {
        _session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
    }

    private Dialog Shared => _session.Dialog!;

    // RFC 5057 §3.1: after the transfer the session ends, and the NOTIFYs still come.
    [Fact]
    public async Task The_dialog_lives_until_its_last_usage_has_ended()
    {
        var referral = Refer();
        _ = _wire.Do(() => _session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal((InviteState.Terminated, 1, 0), (_session.State, _wire.Counts.Dialogs, _wire.Counts.InviteSessions));
        Notify("active;expires=60", "SIP/2.0 180 Ringing");
        _wire.ExpectResponse(200);
        Notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        _wire.ExpectResponse(200);
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(0, _wire.Counts.Dialogs);
        Notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        _wire.ExpectResponse(481);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("INFO")]
    public void What_belongs_to_an_ended_session_gets_481(string method)
    {
        Refer();
        Say("BYE");
        _wire.ExpectResponse(200);
        Say(method);
        _wire.ExpectResponse(481);
        Assert.Equal(1, _wire.Counts.Referrals);
    }

    [Fact]
    public async Task BYE_ends_the_session_and_NOTIFY_goes_to_its_referral()
    {
        var seen = new List<string>();
        _session.RequestReceived = request =>
        {
            seen.Add(request.Request.Headers[HeaderName.Event] ?? "");
            request.Respond(200);
            return true;
        };
        var referral = Refer();
        Notify("active", "SIP/2.0 180 Ringing");
        _wire.ExpectResponse(200);
        Notify("active", "", "talk");
        _wire.ExpectResponse(200);
        Notify("active", "SIP/2.0 200 OK", "refer;id=77");
        _wire.ExpectResponse(200);
        Assert.Equal(["talk", "refer;id=77"], seen);
        Assert.Equal(180, referral.Progress!.StatusCode);
        Say("BYE");
        _wire.ExpectResponse(200);
        Assert.Equal(InviteReason.RemoteBye, await _session.Ended);
        Assert.Equal(ReferralState.Following, referral.State);
    }

    // RFC 6665 §4.1.3: the session stands, but the referral is over.
    [Fact]
    public void A_NOTIFY_that_comes_after_the_last_gets_481()
    {
        var referral = Refer();
        Notify("terminated;reason=noresource", "SIP/2.0 200 OK");
        _wire.ExpectResponse(200);
        Notify("active;expires=60", "SIP/2.0 200 OK");
        _wire.ExpectResponse(481);
        Assert.Equal((ReferralState.Terminated, InviteState.Confirmed), (referral.State, _session.State));
    }

    // The sequence numbers are the dialog's, whichever usage a request belongs to.
    [Fact]
    public void The_sequence_numbers_are_shared()
    {
        Refer();
        Assert.Equal("3 INFO", _wire.Do(() => _session.CreateRequest(SipMethod.Info)).CSeq!.ToString());
        Notify("active;expires=60", "SIP/2.0 180 Ringing");
        _wire.ExpectResponse(200);
        _cseq--;
        Say("INFO");
        _wire.ExpectResponse(500);
    }

    // RFC 5057 §5.1: 481 ends the usage that asked; what shows that the peer cannot be reached ends them all.
    [Theory]
    [InlineData(481, ReferralState.Following)]
    [InlineData(404, ReferralState.Terminated)]
    [InlineData(410, ReferralState.Terminated)]
    [InlineData(483, ReferralState.Terminated)]
    [InlineData(604, ReferralState.Terminated)]
    public void A_failed_re_INVITE_ends_the_session_and_perhaps_the_dialog(int status, ReferralState expected)
    {
        var referral = Refer();
        _ = _wire.Do(() => _session.SendAsync(_session.CreateRequest(SipMethod.Invite)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), status);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal((InviteState.Terminated, expected), (_session.State, referral.State));
    }

    [Theory]
    [InlineData(481, InviteState.Confirmed)]
    [InlineData(500, InviteState.Confirmed)]
    [InlineData(404, InviteState.Terminated)]
    [InlineData(502, InviteState.Terminated)]
    public async Task A_failed_refresh_ends_the_referral_and_perhaps_the_dialog(int status, InviteState expected)
    {
        var referral = Refer();
        Notify("active;expires=60", "SIP/2.0 100 Trying");
        _wire.ExpectResponse(200);
        _wire.Advance(TimeSpan.FromSeconds(30));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), status);
        Assert.Equal(expected, _session.State);
        Assert.Equal(status == 500 ? ReferralState.Following : ReferralState.Terminated, referral.State);
        if (expected == InviteState.Terminated)
        {
            Assert.Equal(InviteReason.DialogGone, await _session.Ended);
            _wire.ExpectNothingLeft();
        }
    }

    [Theory]
    [InlineData(ReferralState.Referring)]
    [InlineData(ReferralState.Terminating)]
    public async Task A_lost_dialog_ends_referrals_in_every_state(ReferralState state)
    {
        var referral = _wire.Do(() => _session.Refer(ReferTo.To(SipUri.Parse("sip:carol@third.test"))));
        _wire.ExpectRequest(SipMethod.Refer);
        if (state == ReferralState.Terminating)
        {
            _ = _wire.Do(() => referral.UnsubscribeAsync());
        }

        _ = _wire.Do(() => _session.SendAsync(_session.CreateRequest(SipMethod.Update)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Update), 410);
        await referral.Ended;
        Assert.Equal((ReferralState.Terminated, InviteState.Terminated), (referral.State, _session.State));
    }

    // The other side of the same: a NOTIFY that shows that the referrer is gone.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_NOTIFY_that_finds_nobody_ends_the_session_too(bool last)
    {
        IncomingReferral? incoming = null;
        _session.RequestReceived = request =>
        {
            incoming = request.CreateReferral();
            incoming.Accept();
            return true;
        };
        Say("REFER", "Refer-To: <sip:carol@third.test>");
        _wire.ExpectResponse(202);
        var notify = _wire.ExpectRequest(SipMethod.Notify);
        if (last)
        {
            _wire.Answers(notify, 200);
            _wire.Do(() => incoming!.Report(200));
            notify = _wire.ExpectRequest(SipMethod.Notify);
        }

        _wire.Answers(notify, 404);
        Assert.Equal(last ? IncomingReferralReason.Completed : IncomingReferralReason.DialogGone, await incoming!.Ended);
        Assert.Equal(InviteReason.DialogGone, await _session.Ended);
        _wire.ExpectNothingLeft();
    }

    private Referral Refer()
    {
        var referral = _wire.Do(() => _session.Refer(ReferTo.To(SipUri.Parse("sip:carol@third.test"))));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Refer), 202);
        return referral;
    }

    private void Notify(string state, string body, string package = "refer") =>
        Say("NOTIFY", $"Event: {package}\nSubscription-State: {state}\nContent-Type: message/sipfrag;version=2.0", body);

    private void Say(string method, string more = "", string body = "")
    {
        var number = _cseq++;
        _wire.Says(Messages.FromPeer(method, number, $"z9hG4bK{method}{number}x{more.Length}", Shared.LocalTag, more, Shared.CallId, body));
    }
}
