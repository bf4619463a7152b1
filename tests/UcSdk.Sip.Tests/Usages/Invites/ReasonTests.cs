namespace UcSdk.Sip.Tests;

/// <summary>Why a session ends, told and heard on both sides: RFC 3326 §2.</summary>
public sealed class ReasonTests
{
    private static readonly ReasonHeader[] Elsewhere = [ReasonHeader.OfStatus(200, "Call completed elsewhere"), new("Q.850", 26)];

    private readonly PeerWire _wire = PeerWire.Reliable();

    [Fact]
    public void The_caller_tells_why_it_cancels()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180);
        _ = _wire.Do(() => session.EndAsync(Elsewhere));
        AssertElsewhere(_wire.ExpectRequest(SipMethod.Cancel));
    }

    [Fact]
    public void A_cancel_that_waits_for_the_first_response_still_tells_why()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _ = _wire.Do(() => session.EndAsync(Elsewhere));
        _wire.ExpectNothing();
        _wire.Answers(invite, 180);
        AssertElsewhere(_wire.ExpectRequest(SipMethod.Cancel));
        // The 2xx that crosses is ended by BYE, for the same reason.
        _wire.Answers(invite, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        AssertElsewhere(_wire.ExpectRequest(SipMethod.Bye));
    }

    [Fact]
    public void Whoever_says_bye_tells_why_and_without_a_reason_the_header_is_absent()
    {
        var session = Calling();
        _ = _wire.Do(() => session.EndAsync(Elsewhere));
        AssertElsewhere(_wire.ExpectRequest(SipMethod.Bye));
        var other = Calling();
        _ = _wire.Do(() => other.ByeAsync());
        Assert.False(_wire.ExpectRequest(SipMethod.Bye).Headers.Contains(HeaderName.Reason));
    }

    [Fact]
    public void The_callee_hears_why_the_caller_cancels_in_a_session_and_in_a_plain_request()
    {
        InviteSession? session = null;
        _wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        _wire.Says(Messages.FromPeer("INVITE"));
        _wire.Says(Messages.FromPeer("CANCEL", more: "Reason: SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=26"));
        AssertElsewhere(session!.PeerReasons);

        IncomingRequest? plain = null;
        _wire.Endpoint.RequestReceived = request => plain = request;
        _wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bK2", callId: "call2"));
        Assert.Empty(plain!.CancelReasons);
        var heard = 0;
        plain.Canceled += () => heard = plain.CancelReasons.Count;
        _wire.Says(Messages.FromPeer("CANCEL", branch: "z9hG4bK2", callId: "call2", more: "Reason: SIP;cause=200\nReason: Q.850;cause=26"));
        Assert.Equal(2, heard);
    }

    [Fact]
    public void Whoever_hears_bye_hears_why()
    {
        var session = Calling();
        Assert.Empty(session.PeerReasons);
        var dialog = session.Dialog!;
        _wire.Says($"""
            BYE sip:alice@self.test SIP/2.0
            Via: SIP/2.0/TCP peer.test:5070;branch=z9hG4bKbye
            From: <sip:bob@peer.test>;tag={dialog.RemoteTag}
            To: <sip:alice@self.test>;tag={dialog.LocalTag}
            Call-ID: {dialog.CallId}
            CSeq: 1 BYE
            Reason: SIP ;cause=200 ;text="Call completed elsewhere", Q.850;cause=26

            """);
        _wire.ExpectResponse(200);
        AssertElsewhere(session.PeerReasons);
    }

    private static void AssertElsewhere(SipMessage message) => AssertElsewhere(ReasonHeader.AllOf(message));

    private static void AssertElsewhere(IReadOnlyList<ReasonHeader> reasons) =>
        Assert.Equal([("SIP", 200, "Call completed elsewhere"), ("Q.850", 26, null)], reasons.Select(reason => (reason.Protocol, reason.Cause, reason.Text)));

    private InviteSession Calling()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        return session;
    }
}
