using UcSdk.Sip;

namespace UcSdk.Tests;

public sealed class OutgoingInvitationTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void An_accepted_invitation_rings_once_and_is_ended_by_the_inviter() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE conf-invite"] = async request =>
        {
            await _lab.Server.RespondAsync(request, 180);
            await _lab.Server.RespondAsync(request, 180);
            await _lab.DelayAsync(2);
            return await _lab.Server.Reply(request, 200);
        };
        var conversation = await MeetAsync();
        var invitation = conversation.CreateInvitation("bob@contoso.com");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        using var subscription = invitation.StateChanges.Subscribe(changes);

        await invitation.DeliverAsync();
        await invitation.WaitForStateAsync(ConferenceInvitationState.Terminated);
        await _lab.DelayAsync(0);

        Assert.Equal(
            ["Idle → Delivering (Delivering)", "Delivering → Delivering (Ringing)", "Delivering → Terminating (Accepted)", "Terminating → Terminated (Accepted)", "completed"],
            changes.Log);
        Assert.Equal(["alice: INVITE conf-invite", "alice: ACK conf-invite", "alice: BYE conf-invite"], _lab.Server.Log.Where(line => line.StartsWith("alice", StringComparison.Ordinal) && line.EndsWith("conf-invite", StringComparison.Ordinal)));
        var invite = _lab.Server.Last("INVITE conf-invite");
        Assert.Equal("sip:bob@contoso.com", invite.UriText);
        Assert.Equal(conversation.Id, invite.Headers[HeaderName.MsConversationId]);
        Assert.Equal("application/ms-conf-invite+xml", invite.ContentType);
        Assert.Contains($"<focus-uri>{ScriptedServer.FocusUri}</focus-uri>", invite.BodyText);
        Assert.Contains("<audio available=\"true\"", invite.BodyText);
        Assert.Contains($"<conversation-id>{conversation.Id}</conversation-id>", invite.BodyText);
        await Assert.ThrowsAsync<InvalidStateException>(() => invitation.DeliverAsync());
        await Assert.ThrowsAsync<InvalidStateException>(() => invitation.AcceptAsync());
    });

    [Fact]
    public void With_the_seam_the_accepted_dialog_stays_until_the_other_side_ends_it() => _lab.Run(async () =>
    {
        var conversation = await MeetAsync(new ClientSeams { KeepInvitationDialog = true });

        var invitation = await conversation.InviteAsync("bob@contoso.com");
        await _lab.DelayAsync(10);

        Assert.Equal(ConferenceInvitationState.Terminated, invitation.State);
        Assert.DoesNotContain("alice: BYE conf-invite", _lab.Server.Log);
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(1);
    });

    [Theory]
    [InlineData(603, true)]
    [InlineData(480, false)]
    [InlineData(404, false)]
    [InlineData(415, false)]
    public void A_refused_invitation_fails_with_the_status(int status, bool isDeclined) => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(request, status);
        var conversation = await MeetAsync();
        var invitation = conversation.CreateInvitation("bob@contoso.com");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        using var subscription = invitation.StateChanges.Subscribe(changes);

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => invitation.DeliverAsync());
        await _lab.DelayAsync(0);

        Assert.Equal((status, isDeclined), (failure.StatusCode, failure.IsDeclined));
        Assert.Equal(["Delivering → Terminating (DeliverFailed)", "Terminating → Terminated (DeliverFailed)", "completed"], changes.Log[1..]);
        Assert.Empty(conversation.ConversationManager.ConferenceInvitations);
    });

    [Fact]
    public void An_invitation_that_rings_too_long_is_taken_back_to_the_tick() => _lab.Run(async () =>
    {
        ScriptRinging();
        var conversation = await MeetAsync();
        var inviting = conversation.InviteAsync("bob@contoso.com", new ConferenceInvitationOptions { RingTimeout = TimeSpan.FromSeconds(30) });

        await _lab.DelayAsync(29.999);
        Assert.DoesNotContain("alice: CANCEL conf-invite", _lab.Server.Log);
        await _lab.DelayAsync(0.012);
        Assert.Contains("alice: CANCEL conf-invite", _lab.Server.Log);

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => inviting);
        Assert.Equal(408, failure.StatusCode);
    });

    [Fact]
    public void Cancelling_the_token_takes_the_invitation_back() => _lab.Run(async () =>
    {
        ScriptRinging();
        var conversation = await MeetAsync();
        var invitation = conversation.CreateInvitation("bob@contoso.com");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        using var subscription = invitation.StateChanges.Subscribe(changes);
        using var cancel = new CancellationTokenSource();
        var delivering = invitation.DeliverAsync(cancel.Token);
        await _lab.DelayAsync(5);

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        await _lab.DelayAsync(0.02);
        Assert.Contains("alice: CANCEL conf-invite", _lab.Server.Log);
        Assert.Contains("alice: ACK conf-invite", _lab.Server.Log);
        await _lab.DelayAsync(0);
        Assert.Equal(["Delivering → Terminating (TerminatedLocally)", "Terminating → Terminated (TerminatedLocally)", "completed"], changes.Log[2..]);
    });

    [Fact]
    public void An_acceptance_that_crosses_the_CANCEL_is_acknowledged_and_ended() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(request, 180);
        _lab.Server.Answers["CANCEL conf-invite"] = async cancel =>
        {
            await _lab.Server.RespondAsync(_lab.Server.Last("INVITE conf-invite"), 200);
            return await _lab.Server.Reply(cancel, 200);
        };
        var conversation = await MeetAsync();
        using var cancel = new CancellationTokenSource();
        var inviting = conversation.InviteAsync("bob@contoso.com", cancellationToken: cancel.Token);
        await _lab.DelayAsync(5);

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inviting);
        Assert.Contains("alice: ACK conf-invite", _lab.Server.Log);
        Assert.Contains("alice: BYE conf-invite", _lab.Server.Log);
    });

    [Fact]
    public void Two_invitations_at_once_do_not_disturb_each_other() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE conf-invite"] = async request =>
        {
            await _lab.DelayAsync(request.UriText.Contains("bob", StringComparison.Ordinal) ? 2 : 1);
            return await _lab.Server.Reply(request, request.UriText.Contains("bob", StringComparison.Ordinal) ? 200 : 603);
        };
        var conversation = await MeetAsync();

        var bob = conversation.InviteAsync("bob@contoso.com");
        var carol = conversation.InviteAsync("carol@contoso.com");

        Assert.True((await Assert.ThrowsAsync<FailureResponseException>(() => carol)).IsDeclined);
        Assert.Equal("sip:bob@contoso.com", (await bob).RemoteUri);
    });

    [Fact]
    public void A_closed_meeting_is_opened_to_the_invited_person_first() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE conference"] = request => _lab.Server.Reply(
            request, 200, Texts.Roster(1, Texts.User(request)).Replace("openAuthenticated", "closedAuthenticated", StringComparison.Ordinal));
        _lab.Server.Answers["INFO addUser"] = request => _lab.Server.Reply(request, 200, Texts.Joined(request));
        var (_, conversation) = await _lab.JoinAsync("alice");
        Assert.Equal(ConferenceAccessType.Closed, conversation.ConferenceSession!.AccessType);
        var joined = _lab.Server.Log.Count;

        await conversation.InviteAsync("bob@contoso.com");

        Assert.Equal(["alice: INFO addUser", "server: 200 INFO addUser", "alice: INVITE conf-invite"], _lab.Server.Log[joined..(joined + 3)]);
        var body = _lab.Server.Last("INFO addUser").BodyText;
        Assert.Contains("sip:bob@contoso.com", body);
        Assert.DoesNotContain("endpoint", body);
    });

    [Fact]
    public void A_closed_meeting_that_stays_closed_fails_the_invitation() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE conference"] = request => _lab.Server.Reply(
            request, 200, Texts.Roster(1, Texts.User(request)).Replace("openAuthenticated", "closedAuthenticated", StringComparison.Ordinal));
        _lab.Server.Answers["INFO addUser"] = request => _lab.Server.Reply(request, 200, Texts.C3pResponse(request, "failure", "<addUser reason=\"unauthorized\"/>"));
        var (_, conversation) = await _lab.JoinAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.InviteAsync("bob@contoso.com"));

        Assert.Equal((ConferenceStage.Command, "unauthorized"), (failure.Stage, failure.ReasonPhrase));
        Assert.DoesNotContain("alice: INVITE conf-invite", _lab.Server.Log);
    });

    [Fact]
    public void A_closed_meeting_must_be_joined_before_others_are_invited() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.MeetNowAsync(new MeetNowOptions { AccessType = ConferenceAccessType.Closed });
        var actions = new Recorder<ActionAvailability<ConversationAction>>();
        using var subscription = conversation.ActionAvailabilityChanges.Subscribe(actions);
        Assert.False(conversation.CanInvoke(ConversationAction.AddParticipant));

        await Assert.ThrowsAsync<InvalidStateException>(() => conversation.InviteAsync("bob@contoso.com"));

        Assert.DoesNotContain("alice: INVITE conf-invite", _lab.Server.Log);
        await Assert.ThrowsAsync<ArgumentException>(() => conversation.InviteAsync("tel:+4930"));
    });

    [Fact]
    public void Ending_the_conversation_takes_pending_invitations_back() => _lab.Run(async () =>
    {
        ScriptRinging();
        var conversation = await MeetAsync();
        var inviting = conversation.InviteAsync("bob@contoso.com");
        await _lab.DelayAsync(1);

        await conversation.EndAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inviting);
        Assert.Contains("alice: CANCEL conf-invite", _lab.Server.Log);
    });

    private async Task<Conversation> MeetAsync(ClientSeams? seams = null)
    {
        var alice = await _lab.SignInAsync("alice", seams);
        return await alice.ConversationManager.MeetNowAsync();
    }

    private void ScriptRinging()
    {
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(request, 180);
        _lab.Server.Answers["CANCEL conf-invite"] = async cancel =>
        {
            await _lab.Server.RespondAsync(_lab.Server.Last("INVITE conf-invite"), 487);
            return await _lab.Server.Reply(cancel, 200);
        };
    }
}
