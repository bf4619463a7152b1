namespace UcSdk.Sip.Tests;

/// <summary>An INVITE that wants the place of another session (RFC 3891 §3), and the REFER that asks for one.</summary>
public sealed class ReplacesTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<InviteSession?> _replaced = [];
    private InviteSession? _new;

    public ReplacesTests() => _wire.Endpoint.RequestReceived = request =>
    {
        _replaced.Add(request.Replaced);
        _new = request.CreateInviteSession();
    };

    // RFC 5359 §2.5, at the transfer target.
    [Fact]
    public async Task The_replaced_session_ends_once_the_new_one_is_accepted()
    {
        var old = Establish();
        Replace(old.Dialog!);
        Assert.Same(old, Assert.Single(_replaced));
        _wire.Do(() => _new!.Ring());
        _wire.ExpectResponse(180);
        Assert.Equal(InviteState.Confirmed, old.State);
        _ = _wire.Do(() => _new!.AcceptAsync());
        _wire.ExpectResponse(200);
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal(old.Dialog!.CallId, bye.CallId);
        _wire.Answers(bye, 200);
        Assert.Equal(InviteReason.LocalBye, await old.Ended);
    }

    [Fact]
    public void A_new_session_that_is_refused_replaces_nothing()
    {
        var old = Establish();
        Replace(old.Dialog!);
        _wire.Do(() => _new!.Reject(486));
        _wire.ExpectResponse(486);
        Assert.Equal(InviteState.Confirmed, old.State);
        _wire.ExpectNothing();
    }

    [Theory]
    [InlineData("")]
    [InlineData(";early-only")]
    public async Task A_call_of_ours_that_still_rings_is_cancelled(string flags)
    {
        var old = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        Replace(old.EarlyDialogs[0], flags);
        Assert.Same(old, Assert.Single(_replaced));
        _ = _wire.Do(() => _new!.AcceptAsync());
        _wire.ExpectResponse(200);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel), 200);
        _wire.Answers(invite, 487);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteReason.LocalCancel, await old.Ended);
    }

    // The call that we are being offered is not ours to give away.
    [Fact]
    public void An_early_dialog_of_a_callee_is_not_there_to_be_replaced()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        _wire.Do(() => _new!.Ring());
        _wire.ExpectResponse(180);
        Replace(_new!.Dialog!);
        _wire.ExpectResponse(481);
        Assert.Single(_replaced);
    }

    [Fact]
    public void A_standing_session_is_busy_for_who_wants_an_early_one()
    {
        Replace(Establish().Dialog!, ";early-only");
        _wire.ExpectResponse(486);
        Assert.Empty(_replaced);
    }

    [Fact]
    public void An_unknown_dialog_gets_481()
    {
        Establish();
        Replace("nobody;to-tag=1;from-tag=2");
        _wire.ExpectResponse(481);
        Assert.Empty(_replaced);
    }

    [Fact]
    public void A_subscription_cannot_be_replaced()
    {
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(Messages.Subscribe(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200);
        Replace(subscription.Dialog!);
        _wire.ExpectResponse(481);
    }

    [Fact]
    public void A_session_that_is_ending_or_has_just_ended_is_declined()
    {
        var old = Establish();
        _ = _wire.Do(() => old.ByeAsync());
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Replace(old.Dialog!);
        _wire.ExpectResponse(603);
        _wire.Answers(bye, 200);
        Assert.Equal(InviteState.Terminated, old.State);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Replace(old.Dialog!);
        _wire.ExpectResponse(603);
        _wire.Tick();
        Replace(old.Dialog!);
        _wire.ExpectResponse(481);
        Assert.Empty(_replaced);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("INVITE", "Replaces: call9;to-tag=1;from-tag=2\nReplaces: call8;to-tag=1;from-tag=2")]
    [InlineData("INVITE", "Replaces: call9;to-tag=1;from-tag=2\nJoin: call8;to-tag=1;from-tag=2")]
    [InlineData("INVITE", "Replaces: call9;to-tag=1")]
    [InlineData("INVITE", "Replaces: ;to-tag=1;from-tag=2")]
    [InlineData("INVITE", "Replaces: call9;to-tag=1;to-tag=1;from-tag=2")]
    [InlineData("OPTIONS", "Replaces: call9;to-tag=1;from-tag=2")]
    public void What_cannot_be_understood_gets_400(string method, string header)
    {
        _wire.Says(Messages.FromPeer(method, more: header));
        _wire.ExpectResponse(400);
        Assert.Empty(_replaced);
    }

    [Fact]
    public void Require_replaces_is_understood_unless_the_options_say_otherwise()
    {
        var old = Establish();
        Replace(old.Dialog!, "\nRequire: replaces");
        Assert.Same(old, Assert.Single(_replaced));
        var strict = PeerWire.Reliable(new() { Extensions = [] });
        strict.Says(Messages.FromPeer("INVITE", more: "Require: replaces\nReplaces: call9;to-tag=1;from-tag=2"));
        strict.ExpectResponse(420);
    }

    // RFC 3891 §4, RFC 3261 §11.2.
    [Fact]
    public void Peers_are_told_that_replacing_is_understood()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        Assert.True(invite.HasOption(HeaderName.Supported, "replaces"));
        _wire.Answers(invite, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.True(_wire.Do(() => session.CreateRequest(SipMethod.Invite)).HasOption(HeaderName.Supported, "replaces"));
        _wire.Says(Messages.FromPeer("INVITE"));
        _ = _wire.Do(() => _new!.AcceptAsync());
        Assert.True(_wire.ExpectResponse(200).HasOption(HeaderName.Supported, "replaces"));
        _wire.Endpoint.RequestReceived = null;
        _wire.Says(Messages.FromPeer("OPTIONS", branch: "z9hG4bKoptions", callId: "options"));
        Assert.Equal("100rel, timer, replaces, norefersub", _wire.ExpectResponse(200).Headers[HeaderName.Supported]);
        var silent = PeerWire.Reliable(new() { Extensions = [] });
        Assert.False(Messages.Invite(silent).Headers.Contains(HeaderName.Supported));
    }

    [Fact]
    public void A_proxy_has_no_say_in_it()
    {
        var proxy = PeerWire.Reliable(new() { IsProxy = true });
        IncomingRequest? received = null;
        proxy.Endpoint.RequestReceived = request => received = request;
        proxy.Says(Messages.FromPeer("INVITE", more: "Replaces: call9;to-tag=1;from-tag=2"));
        Assert.Null(received!.Replaced);
    }

    // RFC 5589 §7: who transfers names its own dialog with the target in the target's words.
    [Fact]
    public void An_attended_transfer_names_the_dialog_as_its_other_end_sees_it()
    {
        var consultation = Establish();
        var target = ReferTo.PeerOf(consultation);
        var dialog = consultation.Dialog!;
        Assert.Equal(new Replaces(dialog.CallId, dialog.RemoteTag, dialog.LocalTag), target.Replaces);
        Assert.Equal("sip:peer@peer.test:5070;transport=tcp", target.Target.Text);
        Assert.True(ReferTo.TryParse(target.ToString(), out var read));
        Assert.Equal(target.Replaces, read.Replaces);
        var other = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        Assert.Throws<ArgumentException>(() => ReferTo.PeerOf(other));
    }

    private InviteSession Establish()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        return session;
    }

    private void Replace(Dialog dialog, string more = "") => Replace($"{dialog.CallId};from-tag={dialog.RemoteTag};to-tag={dialog.LocalTag}{more}");

    private int _count;

    private void Replace(string value)
    {
        _count++;
        _wire.Says(Messages.FromPeer("INVITE", 1, $"z9hG4bKreplace{_count}", more: "Replaces: " + value, callId: $"replacing{_count}"));
    }
}
