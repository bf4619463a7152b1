using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What is said, and what fails, while a conversation between bob and alice becomes a conference; alice, the server and its IM MCU are played by the scripted server.</summary>
public sealed class MovingTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;
    private int _messageId;

    [Fact]
    public void What_is_said_while_no_session_is_there_waits_until_alice_is_in_the_chat() => _lab.Run(async () =>
    {
        var adding = await BeginRestedAsync();
        var sending = _lab.Messages.SendMessageAsync("Are you there?");
        await _lab.DelayAsync(5);
        Assert.False(sending.IsCompleted);
        Assert.Empty(_lab.Said("MESSAGE chat"));

        await ShowAsync("alice");
        await adding;
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        var result = Assert.Single((await sending).Recipients);
        Assert.Equal((MessageLab.Alice, DeliveryOutcome.Delivered), (result.Uri, result.Outcome));
        Assert.Equal("Are you there?", _lab.Said("MESSAGE chat").Single().BodyText);
    });

    [Fact]
    public void What_has_waited_has_a_result_for_everybody_who_is_there_when_it_goes() => _lab.Run(async () =>
    {
        var adding = await BeginRestedAsync();
        var sending = _lab.Messages.SendMessageAsync("Hello both");
        await _lab.DelayAsync(0.1);
        await ShowAsync("alice", "carol");
        await adding;
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.Equal(
            [(MessageLab.Alice, DeliveryOutcome.Delivered), ("sip:carol@contoso.com", DeliveryOutcome.Delivered)],
            (await sending).Recipients.Select(recipient => (recipient.Uri, recipient.Outcome)));
    });

    [Fact]
    public void What_comes_back_from_a_conference_that_has_ended_goes_to_alice_and_is_unknown_of_carol() => _lab.Run(async () =>
    {
        await FollowAsync();
        await ShowAsync("carol");
        _lab.Server.Answers["MESSAGE chat"] = request => Task.FromResult<SipResponse?>(null);
        for (var number = 0; number < 8; number++)
        {
            _ = _lab.Messages.SendMessageAsync("on its way");
        }

        var waiting = _lab.Messages.SendMessageAsync("behind them");
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("focus", "BYE");
        var delivery = await waiting;

        Assert.Equal(
            [(MessageLab.Alice, DeliveryOutcome.Delivered), ("sip:carol@contoso.com", DeliveryOutcome.Unconfirmed)],
            delivery.Recipients.Select(recipient => (recipient.Uri, recipient.Outcome)));
        Assert.Equal("behind them", _lab.Said("MESSAGE im").Last().BodyText);
    });

    [Fact]
    public void What_has_waited_for_alice_who_never_comes_to_the_chat_has_failed_for_her() => _lab.Run(async () =>
    {
        var adding = await BeginRestedAsync();
        var sending = _lab.Messages.SendMessageAsync("Are you there?");
        await adding;

        var result = Assert.Single((await sending).Recipients);
        Assert.Equal((MessageLab.Alice, DeliveryOutcome.Failed, 480), (result.Uri, result.Outcome, result.StatusCode));
        Assert.Empty(_lab.Said("MESSAGE chat"));
        Assert.Equal(["sip:bob@contoso.com"], _lab.Conversation.Participants.Select(participant => participant.Uri));
        Assert.Equal(ConferenceEscalationProgress.Completed, _lab.Conversation.Properties.ConferenceEscalationProgress);
    });

    [Fact]
    public void What_has_waited_goes_to_alice_by_a_session_when_the_conference_does_not_come_about() => _lab.Run(async () =>
    {
        SipRequest? invitation = null;
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(invitation = request, 180);
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        var adding = await BeginRestedAsync();
        var sending = _lab.Messages.SendMessageAsync("Are you there?");
        await _lab.DelayAsync(1);
        Assert.False(sending.IsCompleted);

        await _lab.Server.RespondAsync(invitation!, 603);

        await Assert.ThrowsAsync<FailureResponseException>(() => adding);
        Assert.Equal([MessageLab.Alice], (await sending).Recipients.Where(recipient => recipient.Outcome == DeliveryOutcome.Delivered).Select(recipient => recipient.Uri));
        Assert.Equal("conv-1", _lab.Said("INVITE im").Single().Headers[HeaderName.MsConversationId]);
        Assert.Empty(_lab.Said("MESSAGE chat"));
    });

    [Fact]
    public void What_is_said_before_the_focus_has_answered_goes_by_the_session_between_the_two() => _lab.Run(async () =>
    {
        await MeetAsync();
        SipRequest? joining = null;
        _lab.Server.Answers["INVITE focus"] = request => _lab.Server.Reply(joining = request, 100);
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);

        Assert.True(_lab.Messages.CanInvoke(ModalityAction.SendInstantMessage));
        Assert.True((await _lab.Messages.SendMessageAsync("still between us")).IsDelivered);
        Assert.Equal("still between us", _lab.Said("MESSAGE im").Single().BodyText);
        await _lab.Server.RespondAsync(joining!, 200, Texts.Joined(joining!));
        await _lab.DelayAsync(1);
        await ShowAsync("alice");
        await adding;
    });

    [Fact]
    public void Alice_who_leaves_the_session_before_she_is_in_the_chat_gets_what_is_said_when_she_is() => _lab.Run(async () =>
    {
        await MeetAsync();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(0.1);
        var sending = _lab.Messages.SendMessageAsync("See you there");
        await _lab.DelayAsync(1);
        Assert.Empty(_lab.Said("MESSAGE chat"));
        await ShowAsync("alice");
        await adding;
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.Equal([MessageLab.Alice], (await sending).Recipients.Select(recipient => recipient.Uri));
        Assert.True((await sending).IsDelivered);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void Alice_who_leaves_the_session_and_declines_has_left() => _lab.Run(async () =>
    {
        await MeetAsync();
        SipRequest? invitation = null;
        _lab.Server.Answers["INVITE conf-invite"] = request => _lab.Server.Reply(invitation = request, 180);
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(0.1);
        await _lab.Server.RespondAsync(invitation!, 603);

        await Assert.ThrowsAsync<FailureResponseException>(() => adding);
        Assert.Equal(["Notified → Connected (InvitationAccepted)", "Connected → Disconnected (RemoteDisconnected)"], _lab.Changes.Log);
        Assert.True(_lab.Messages.CanInvoke(ModalityAction.Connect));

        // Later, while their next session rests, it is no news.
        Assert.True((await _lab.Messages.SendMessageAsync("Come back")).IsDelivered);
        await _lab.DelayAsync(700);
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(603);
        await Assert.ThrowsAsync<FailureResponseException>(() => _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com"));
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void The_first_message_that_rings_at_alices_goes_on_ringing_when_the_conference_fails() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        _lab.Server.Answers["SUBSCRIBE conference"] = _lab.Says(503);
        var first = _lab.Messages.SendMessageAsync("first");
        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com"));
        Assert.Equal(ConferenceStage.Roster, failure.Stage);

        Assert.Empty(_lab.Said("CANCEL im"));
        await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));

        Assert.True((await first).IsDelivered);
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
    });

    [Fact]
    public void Alice_who_comes_back_to_the_session_meanwhile_is_welcome_in_the_same_conversation() => _lab.Run(async () =>
    {
        var adding = await BeginRestedAsync();
        await _lab.Server.InviteToMessagesAsync("bob", "c2", "Ms-Conversation-ID: conv-1\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        await _lab.DelayAsync(0.05);

        Assert.True((await _lab.Messages.SendMessageAsync("Oh, hello")).IsDelivered);
        Assert.Equal("Oh, hello", _lab.Said("MESSAGE im").Single().BodyText);
        Assert.Single(_lab.Bob.ConversationManager.Conversations);
        await ShowAsync("alice");
        await adding;
        await _lab.DelayAsync(0.1);
        Assert.Single(_lab.Said("BYE im"), request => request.CallId == "c2");
    });

    [Theory]
    [InlineData("focus")]
    [InlineData("chat")]
    public void A_conference_that_ends_before_alice_is_there_leaves_all_as_before(string dialog) => _lab.Run(async () =>
    {
        await MeetAsync();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync(dialog, "BYE");

        await Assert.ThrowsAsync<ConferenceFailureException>(() => adding);
        await AssertBetweenTwoAsync();
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void Giving_up_while_alice_is_awaited_ends_the_conference_for_her_too() => _lab.Run(async () =>
    {
        await MeetAsync();
        using var stop = new CancellationTokenSource();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com", stop.Token);
        await _lab.DelayAsync(1);

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        Assert.Single(_lab.Said("INFO deleteConference"));
        await AssertBetweenTwoAsync();
        Assert.Single(_lab.Said("BYE chat"));
        Assert.Equal([MessageLab.Alice], _lab.Said("INVITE conf-invite").Select(invite => invite.UriText));
    });

    [Fact]
    public void Ending_the_conversation_on_the_way_ends_everything_once() => _lab.Run(async () =>
    {
        await MeetAsync();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);

        await _lab.Conversation.EndAsync();

        await _lab.DelayAsync(0.1);
        Assert.True(adding.IsCompleted, "nobody waits for alice any more");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        Assert.Equal((1, 1, 1), (_lab.Said("BYE chat").Length, _lab.Said("BYE focus").Length, _lab.Said("BYE im").Length));
        Assert.Equal(ConversationState.Terminated, _lab.Conversation.State);
    });

    [Fact]
    public void A_connection_lost_on_the_way_leaves_a_conversation_between_two_that_goes_on_when_bob_is_back() => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);

        await _lab.Server.CloseFlowAsync("bob");

        await Assert.ThrowsAnyAsync<LyncClientException>(() => adding);
        await _lab.DelayAsync(60);
        Assert.Equal(ClientState.SignedIn, _lab.Bob.State);
        Assert.Same(_lab.Conversation, Assert.Single(_lab.Bob.ConversationManager.Conversations));
        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.True((await _lab.Messages.SendMessageAsync("Back")).IsDelivered);
    });

    [Fact]
    public void Bob_goes_back_with_alice_who_gives_her_conference_up_after_he_has_followed() => _lab.Run(async () =>
    {
        await FollowAsync();
        var sending = _lab.Messages.SendMessageAsync("I am here");
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        Assert.True((await sending).IsDelivered);
        sending = _lab.Messages.SendMessageAsync("Who else comes?");
        await _lab.DelayAsync(0.1);

        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);

        Assert.True(sending.IsCompleted, "no report will ever come");
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await sending).Recipients.Single().Outcome);
        await AssertBetweenTwoAsync();
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        await _lab.DelayAsync(60);
        Assert.Empty(_lab.Said("BYE im"));
    });

    [Fact]
    public void Once_alice_has_ended_the_session_the_conversation_ends_with_the_conference() => _lab.Run(async () =>
    {
        await FollowAsync();
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(0.1);

        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal(ConversationState.Terminated, _lab.Conversation.State);
    });

    [Fact]
    public void An_application_that_makes_the_conference_itself_leaves_the_session_when_it_joins_the_chat() => _lab.Run(async () =>
    {
        await MeetAsync();
        await _lab.Conversation.EscalateToConferenceAsync();
        await _lab.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
        await _lab.DelayAsync(0.1);
        Assert.Single(_lab.Said("BYE im"));
        await ShowAsync("carol");

        var sending = _lab.Messages.SendMessageAsync("Hello carol");
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.Equal(["sip:carol@contoso.com"], (await sending).Recipients.Select(recipient => recipient.Uri));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void An_application_whose_own_conference_cannot_be_joined_still_has_the_session() => _lab.Run(async () =>
    {
        await MeetAsync();
        await _lab.Conversation.EscalateToConferenceAsync();
        _lab.Server.Answers["INVITE chat"] = _lab.Says(503);

        await Assert.ThrowsAsync<ConferenceFailureException>(() => _lab.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }));

        Assert.Empty(_lab.Said("BYE im"));
        Assert.Equal(ModalityState.Connected, _lab.Messages.State);
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("still here"));
        await _lab.DelayAsync(0.1);
        Assert.Equal(["Incoming alice: still here"], _lab.Shown);
    });

    private async Task<Task> BeginRestedAsync()
    {
        await MeetAsync();
        await _lab.DelayAsync(601);
        Assert.Single(_lab.Said("BYE im"));
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        return adding;
    }

    private async Task MeetAsync()
    {
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {++_messageId}\r\n\r\n");
        await _lab.MeetAsync();
    }

    private async Task FollowAsync()
    {
        await MeetAsync();
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);
        await ShowAsync("alice");
        Assert.Equal(ConferenceEscalationProgress.Completed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(0.1);
    }

    private async Task AssertBetweenTwoAsync()
    {
        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.Equal(ConferenceEscalationProgress.Failed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        Assert.NotNull(_lab.Conversation.Properties.ConferenceEscalationFailure);
        Assert.Equal(["sip:bob@contoso.com", MessageLab.Alice], _lab.Conversation.Participants.Select(participant => participant.Uri).OrderBy(uri => uri == MessageLab.Alice));
        Assert.True((await _lab.Messages.SendMessageAsync("Just us then")).IsDelivered);
        Assert.Equal("Just us then", _lab.Said("MESSAGE im").Last().BodyText);
    }

    private async Task ShowAsync(params string[] names)
    {
        await _lab.Server.SendInDialogAsync(
            "conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", "partial", [.. names.Select(name => Texts.User(name, sessions: "chat"))]));
        await _lab.DelayAsync(0.05);
    }
}
