namespace UcSdk.Sip.Tests;

/// <summary>The flows of RFC 3665 §3 from the callee's side.</summary>
public sealed class IncomingInviteTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(InviteState, InviteReason)> _history = [];
    private InviteSession? _session;
    private IncomingRequest? _request;

    [Fact]
    public async Task A_call_rings_is_accepted_acknowledged_and_ended_by_the_caller()
    {
        Invited();
        _wire.Do(() => _session!.Ring());
        var ringing = _wire.ExpectResponse(180);
        var accepted = _wire.Do(() => _session!.AcceptAsync("application/sdp", "v=0"u8.ToArray()));
        var ok = _wire.ExpectResponse(200);
        Assert.Equal(ringing.To!.Tag, ok.To!.Tag);
        Assert.Equal("v=0", ok.BodyText);
        Assert.Equal("sip:self.test:5060;transport=tcp", ok.Contact!.Uri.Text);
        Assert.False(accepted.IsCompleted);
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", ok.To.Tag!));
        await accepted;
        Assert.Equal(InviteState.Confirmed, _session!.State);
        _wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKbye", ok.To.Tag!));
        _wire.ExpectResponse(200);
        Assert.Equal(InviteReason.RemoteBye, await _session.Ended);
        Assert.Equal(
            [
                (InviteState.Incoming, InviteReason.Ringing), (InviteState.Accepted, InviteReason.LocalAccept),
                (InviteState.Confirmed, InviteReason.AckReceived), (InviteState.Terminated, InviteReason.RemoteBye),
            ],
            _history);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_2xx_is_repeated_until_64_T1_and_then_the_session_is_ended_by_bye(bool reliable)
    {
        var wire = reliable ? _wire : PeerWire.Datagram();
        Invited(wire);
        var accepted = wire.Do(() => _session!.AcceptAsync());
        wire.ExpectResponse(200);
        // 0.5, 1.5, 3.5, 7.5, then every 4 s up to 31.5 s.
        foreach (var wait in new[] { 0.5, 1, 2, 4, 4, 4, 4, 4, 4, 4 })
        {
            wire.AdvanceToJustBefore(TimeSpan.FromSeconds(wait));
            wire.ExpectNothing();
            wire.Tick();
            wire.ExpectResponse(200);
        }

        wire.AdvanceToJustBefore(TimeSpan.FromSeconds(0.5));
        Assert.Equal(InviteState.Accepted, _session!.State);
        wire.Tick();
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => accepted)).Failure);
        wire.Answers(wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.AckTimedOut, await _session.Ended);
        wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_bye_of_the_callee_waits_for_the_ack()
    {
        Invited();
        _ = _wire.Do(() => _session!.AcceptAsync());
        var ok = _wire.ExpectResponse(200);
        _ = _wire.Do(() => _session!.ByeAsync());
        _wire.ExpectNothing();
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", ok.To!.Tag!));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.LocalBye, await _session!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refused_call_repeats_nothing_on_a_stream_and_ends_with_the_ack()
    {
        Invited();
        _wire.Do(() => _session!.Reject(486));
        var busy = _wire.ExpectResponse(486);
        Assert.Equal(InviteReason.LocalReject, await _session!.Ended);
        _wire.Advance(TimeSpan.FromSeconds(5));
        _wire.ExpectNothing();
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKpeer1", busy.To!.Tag!));
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, _wire.Counts);
    }

    [Fact]
    public async Task A_caller_cancels()
    {
        Invited();
        var canceled = false;
        _request!.Canceled += () => canceled = true;
        _wire.Do(() => _session!.Ring());
        _wire.ExpectResponse(180);
        _wire.Says(Messages.FromPeer("CANCEL"));
        Assert.Equal("1 CANCEL", _wire.ExpectResponse(200).CSeq!.ToString());
        Assert.Equal("1 INVITE", _wire.ExpectResponse(487).CSeq!.ToString());
        Assert.Equal(InviteReason.RemoteCancel, await _session!.Ended);
        Assert.True(canceled);
        Assert.True(_request.IsCanceled);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_cancel_after_the_2xx_changes_nothing()
    {
        Invited();
        _ = _wire.Do(() => _session!.AcceptAsync());
        _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("CANCEL"));
        Assert.Equal("1 CANCEL", _wire.ExpectResponse(200).CSeq!.ToString());
        _wire.ExpectNothing();
        Assert.Equal(InviteState.Accepted, _session!.State);
    }

    [Fact]
    public void A_cancel_that_means_nothing_gets_481()
    {
        _wire.Says(Messages.FromPeer("CANCEL"));
        _wire.ExpectResponse(481);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_bye_in_the_early_dialog_ends_the_invite_with_487()
    {
        Invited();
        _wire.Do(() => _session!.Ring());
        var ringing = _wire.ExpectResponse(180);
        _wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKbye", ringing.To!.Tag!));
        Assert.Equal("2 BYE", _wire.ExpectResponse(200).CSeq!.ToString());
        _wire.ExpectResponse(487);
        Assert.Equal(InviteReason.RemoteBye, await _session!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_flow_ends_the_session(bool accepted)
    {
        Invited();
        var accepting = accepted ? _wire.Do(() => _session!.AcceptAsync()) : Task.CompletedTask;
        _wire.Breaks();
        Assert.Equal(InviteReason.FlowLost, await _session!.Ended);
        if (accepted)
        {
            Assert.Equal(SipFailure.FlowClosed, (await Assert.ThrowsAsync<SipException>(() => accepting)).Failure);
        }

        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task The_caller_may_say_bye_before_its_ack_arrives()
    {
        Invited();
        var accepting = _wire.Do(() => _session!.AcceptAsync());
        var ok = _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKbye", ok.To!.Tag!));
        _wire.ExpectResponse(200);
        Assert.Equal(InviteReason.RemoteBye, await _session!.Ended);
        await Assert.ThrowsAsync<SipException>(() => accepting);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(481, InviteState.Terminated)]
    [InlineData(408, InviteState.Terminating)]
    public void A_request_before_the_ack_can_end_the_session(int status, InviteState state)
    {
        Invited();
        _ = _wire.Do(() => _session!.AcceptAsync());
        _wire.ExpectResponse(200);
        _ = _wire.Do(() => _session!.SendAsync(_session.CreateRequest(SipMethod.Update)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Update), status);
        Assert.Equal(state, _session!.State);
    }

    [Fact]
    public void A_reinvite_goes_to_the_session_and_its_2xx_is_repeated_until_the_ack()
    {
        Invited();
        _session!.RequestReceived = request =>
        {
            request.Respond(200, edit: r => r.Headers.Add(HeaderName.Contact, "<sip:self.test>"));
            return true;
        };
        var tag = Confirm();
        _wire.Says(Messages.FromPeer("INVITE", 2, "z9hG4bKre", tag));
        _wire.ExpectResponse(200);
        _wire.Advance(Messages.T1);
        _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("INVITE", 3, "z9hG4bKre2", tag));
        _wire.ExpectResponse(491);
        _wire.Says(Messages.FromPeer("ACK", 2, "z9hG4bKreack", tag));
        _wire.Advance(TimeSpan.FromSeconds(10));
        _wire.ExpectNothing();
        Assert.Equal(InviteState.Confirmed, _session.State);
    }

    [Fact]
    public async Task A_reinvite_that_is_never_acknowledged_ends_the_session()
    {
        Invited();
        _session!.RequestReceived = request =>
        {
            request.Respond(200);
            return true;
        };
        _wire.Says(Messages.FromPeer("INVITE", 2, "z9hG4bKre", Confirm()));
        _wire.Advance(64 * Messages.T1);
        while (_wire.Unread > 1)
        {
            _wire.ExpectResponse(200);
        }

        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.AckTimedOut, await _session.Ended);
    }

    [Fact]
    public void A_peer_without_branches_is_understood()
    {
        // SIPE puts no branch on requests inside a dialog, so the ACK of its 2xx looks like that of the INVITE itself.
        _wire.Endpoint.RequestReceived = request => _session = request.CreateInviteSession();
        const string head = "Via: SIP/2.0/tcp peer.test:5070\nFrom: <sip:bob@peer.test>;tag=peertag;epid=0123\nCall-ID: old\nContact: <sip:bob@peer.test>\n";
        _wire.Says($"INVITE sip:alice@self.test SIP/2.0\n{head}To: <sip:alice@self.test>\nCSeq: 1 INVITE\n\n");
        _ = _wire.Do(() => _session!.AcceptAsync());
        var ok = _wire.ExpectResponse(200);
        _wire.Says($"INVITE sip:alice@self.test SIP/2.0\n{head}To: <sip:alice@self.test>\nCSeq: 1 INVITE\n\n");
        _wire.ExpectNothing();
        _wire.Says($"ACK sip:self.test:5060 SIP/2.0\n{head}To: <sip:alice@self.test>;tag={ok.To!.Tag}\nCSeq: 1 ACK\n\n");
        Assert.Equal(InviteState.Confirmed, _session!.State);
        _wire.Says($"BYE sip:self.test:5060 SIP/2.0\n{head}To: <sip:alice@self.test>;tag={ok.To!.Tag}\nCSeq: 2 BYE\n\n");
        _wire.ExpectResponse(200);
        Assert.Equal(InviteState.Terminated, _session.State);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void An_answered_request_cannot_be_answered_or_taken_again()
    {
        Invited();
        Assert.Throws<InvalidOperationException>(() => _request!.Respond(200));
        Assert.Throws<InvalidOperationException>(() => _request!.CreateInviteSession());
        _wire.Do(() => _session!.Reject(480));
        Assert.Throws<InvalidOperationException>(() => _session!.Reject(480));
        Assert.Throws<InvalidOperationException>(() => { _ = _session!.Answer; });
    }

    private string Confirm()
    {
        _ = _wire.Do(() => _session!.AcceptAsync());
        var ok = _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", ok.To!.Tag!));
        Assert.Equal(InviteState.Confirmed, _session!.State);
        return ok.To.Tag!;
    }

    private void Invited(PeerWire? wire = null)
    {
        wire ??= _wire;
        wire.Endpoint.RequestReceived = request =>
        {
            _request = request;
            _session = request.CreateInviteSession();
            _session.StateChanged += change => _history.Add((change.Current, change.Reason));
        };
        wire.Says(Messages.FromPeer("INVITE"));
        Assert.Equal(InviteState.Incoming, _session!.State);
    }
}
