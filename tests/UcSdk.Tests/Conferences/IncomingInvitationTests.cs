namespace UcSdk.Tests;

public sealed class IncomingInvitationTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void Without_a_handler_the_caller_gets_480_at_once() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(0.03);

        Assert.Contains("bob: 480 INVITE conf-invite", _lab.Server.Log);
        Assert.Empty(bob.ConversationManager.Conversations);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
    });

    [Fact]
    public void An_accepted_invitation_ends_with_the_inviters_BYE_and_its_conversation_can_join() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        ConferenceInvitation? received = null;
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            received = invitation;
            invitation.StateChanges.Subscribe(changes);
            await _lab.DelayAsync(1);
            await invitation.AcceptAsync(token);
        };

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1.3);
        Assert.Equal(["bob: 180 INVITE conf-invite", "bob: 200 INVITE conf-invite"], FromBob());
        Assert.Equal(ConferenceInvitationState.Incoming, received!.State);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(1);
        Assert.Equal(ConferenceInvitationState.Terminating, received.State);
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal(["Incoming → Terminating (TerminatedLocally)", "Terminating → Terminated (TerminatedLocally)", "completed"], changes.Log);
        Assert.Equal("bob: 200 BYE conf-invite", FromBob()[^1]);
        Assert.Equal((true, "sip:alice@contoso.com", "Standup"), (received.IsIncoming, received.RemoteUri, received.Subject));
        Assert.Equal(ModalityTypes.InstantMessage | ModalityTypes.AudioVideo, received.AvailableModalities);
        Assert.Equal("conv-c1", received.Conversation.Id);
        await received.Conversation.JoinAsync();
        Assert.Equal("conv-c1", _lab.Server.Last("INVITE focus").Headers[Sip.HeaderName.MsConversationId]);
        Assert.Equal(ConversationState.Active, received.Conversation.State);
    });

    [Fact]
    public void Without_a_BYE_the_invited_side_ends_the_dialog_after_32_seconds() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.AcceptAsync(token);
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        await _lab.DelayAsync(31.9);
        Assert.DoesNotContain("bob: BYE conf-invite", _lab.Server.Log);
        await _lab.DelayAsync(0.2);

        Assert.Contains("bob: BYE conf-invite", _lab.Server.Log);
        Assert.Empty(bob.ConversationManager.ConferenceInvitations);
        Assert.Single(bob.ConversationManager.Conversations);
    });

    [Fact]
    public void An_acceptance_that_nobody_acknowledges_fails_and_ends_the_conversation() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        FailureResponseException? failure = null;
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
            failure = await Assert.ThrowsAsync<FailureResponseException>(() => invitation.AcceptAsync());

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(70);

        Assert.Equal(408, failure!.StatusCode);
        Assert.Contains("bob: BYE conf-invite", _lab.Server.Log);
        Assert.Empty(bob.ConversationManager.ConferenceInvitations);
    });

    [Theory]
    [InlineData(ConferenceInvitationDeclineReason.Decline, 603)]
    [InlineData(ConferenceInvitationDeclineReason.Busy, 486)]
    [InlineData(ConferenceInvitationDeclineReason.Unavailable, 480)]
    public void A_declined_invitation_ends_its_conversation(ConferenceInvitationDeclineReason reason, int status) => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            invitation.StateChanges.Subscribe(changes);
            await invitation.DeclineAsync(reason, token);
            await Assert.ThrowsAsync<InvalidStateException>(() => invitation.AcceptAsync());
        };

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.Equal($"bob: {status} INVITE conf-invite", FromBob()[^1]);
        Assert.Equal(["Incoming → Terminating (TerminatedLocally)", "Terminating → Terminated (TerminatedLocally)", "completed"], changes.Log);
        Assert.Empty(bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_CANCEL_tells_the_handler_and_ends_the_invitation() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        var changes = new Recorder<ConferenceInvitationStateChange>();
        var isWithdrawn = false;
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, withdrawn) =>
        {
            invitation.StateChanges.Subscribe(changes);
            var end = new TaskCompletionSource();
            withdrawn.Register(() => end.SetCanceled(withdrawn));
            try
            {
                await end.Task;
            }
            finally
            {
                isWithdrawn = true;
            }
        };
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);

        await _lab.Server.FollowInviteAsync("c1", "CANCEL");
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.True(isWithdrawn);
        Assert.Contains("bob: 487 INVITE conf-invite", _lab.Server.Log);
        Assert.Equal(["Incoming → Terminating (TerminatedRemotely)", "Terminating → Terminated (TerminatedRemotely)", "completed"], changes.Log);
        Assert.Empty(bob.ConversationManager.Conversations);
    });

    [Fact]
    public void A_handler_that_does_not_decide_or_throws_answers_480() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = (_, _) => Task.CompletedTask;
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        bob.ConversationManager.ConferenceInvitationHandler = (_, _) => throw new InvalidOperationException("mine");
        await _lab.Server.InviteAsync("bob", "c2", Texts.Invitation());
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c2", "ACK");

        Assert.Equal(2, _lab.Server.Log.Count(line => line == "bob: 480 INVITE conf-invite"));
    });

    // RFC 3261 §13.3.1: what the caller could not cancel because its connection was gone would otherwise ring for ever.
    [Fact]
    public void An_invitation_on_which_nobody_decides_is_answered_480_after_the_ring_timeout() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob", change: options => options with { RingTimeout = TimeSpan.FromSeconds(20) });
        var isWithdrawn = false;
        bob.ConversationManager.ConferenceInvitationHandler = async (_, withdrawn) =>
        {
            var end = new TaskCompletionSource();
            using var stop = withdrawn.Register(() => end.SetResult());
            await end.Task;
            isWithdrawn = true;
        };

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(20);
        Assert.Equal(["bob: 180 INVITE conf-invite"], FromBob());
        await _lab.DelayAsync(0.03);
        await _lab.Server.FollowInviteAsync("c1", "ACK");

        Assert.Equal("bob: 480 INVITE conf-invite", FromBob()[^1]);
        Assert.True(isWithdrawn);
        Assert.Empty(bob.ConversationManager.ConferenceInvitations);
        Assert.Empty(bob.ConversationManager.Conversations);
    });

    [Fact]
    public void Closing_does_not_wait_for_an_inviter_who_says_no_BYE_and_is_no_fault() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.AcceptAsync(token);
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await bob.ConversationManager.Conversations.Single().JoinAsync();
        _lab.Server.Answers["SUBSCRIBE conference"] = _ => Task.FromResult<Sip.SipResponse?>(null);

        // The roster is not let go within the time for goodbyes; the invitation would have to wait longer still.
        await bob.DisposeAsync();

        Assert.Equal(ClientState.Uninitialized, bob.State);
        Assert.Empty(bob.ConversationManager.ConferenceInvitations);
    });

    [Fact]
    public void Two_invitations_at_once_are_two_calls_and_to_one_conference_one_conversation() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        var waiting = new List<ConferenceInvitation>();
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            waiting.Add(invitation);
            await _lab.DelayAsync(waiting.Count);
            await (waiting.IndexOf(invitation) == 0 ? invitation.DeclineAsync(cancellationToken: token) : invitation.AcceptAsync(token));
        };

        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.Server.InviteAsync("bob", "c2", Texts.Invitation());
        await _lab.DelayAsync(0.5);
        Assert.Equal(2, waiting.Count);
        Assert.Same(waiting[0].Conversation, waiting[1].Conversation);
        await _lab.DelayAsync(2);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        await _lab.DelayAsync(1);

        Assert.Equal(ConferenceInvitationState.Terminated, waiting[0].State);
        Assert.Equal(ConferenceInvitationState.Terminating, waiting[1].State);
        Assert.NotEqual(ConversationState.Terminated, waiting[1].Conversation.State);
    });

    [Fact]
    public void What_is_no_invitation_is_refused() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.AcceptAsync(token);

        await _lab.Server.InviteAsync("bob", "c1", "<Conferencing version=\"2.0\"/>");
        await _lab.Server.InviteAsync("bob", "c2", "<Conferencing><focus-uri>sip:bob@contoso.com</focus-uri></Conferencing>");
        await _lab.Server.InviteAsync("bob", "c3", "v=0\r\n", "application/sdp");
        await _lab.DelayAsync(1);
        foreach (var callId in new[] { "c1", "c2", "c3" })
        {
            await _lab.Server.FollowInviteAsync(callId, "ACK");
        }

        Assert.Equal(["bob: 400 INVITE conf-invite", "bob: 400 INVITE conf-invite", "bob: 415 INVITE conf-invite"], FromBob());
        Assert.Empty(bob.ConversationManager.Conversations);
    });

    [Fact]
    public void Signing_out_declines_what_waits_for_a_decision() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = async (_, withdrawn) =>
        {
            var end = new TaskCompletionSource();
            withdrawn.Register(() => end.SetCanceled(withdrawn));
            await end.Task;
        };
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);

        var leaving = bob.SignOutAsync();
        await _lab.DelayAsync(0.012);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await leaving;

        Assert.Contains("bob: 480 INVITE conf-invite", _lab.Server.Log);
        Assert.Empty(bob.ConversationManager.ConferenceInvitations);
    });

    private List<string> FromBob() => [.. _lab.Server.Log.Where(line => line.StartsWith("bob", StringComparison.Ordinal) && line.EndsWith("conf-invite", StringComparison.Ordinal))];
}
