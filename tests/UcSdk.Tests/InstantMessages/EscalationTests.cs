using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A conversation between bob and alice becomes a conference; alice, the server and its IM MCU are played by the scripted server.</summary>
public sealed class EscalationTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;
    private int _messageId;

    [Fact]
    public void A_third_person_makes_it_a_conference_and_the_session_between_the_two_ends_when_alice_is_in_the_chat() => _lab.Run(async () =>
    {
        await MeetAsync();
        var progress = new Recorder<ConversationPropertiesChange>();
        _lab.Conversation.PropertyChanges.Subscribe(progress);

        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        Assert.False(adding.IsCompleted, $"{adding.Exception}{string.Join('\n', _lab.Server.Log)}");
        Assert.True((await _lab.Messages.SendMessageAsync("still between us")).IsDelivered);
        Assert.Equal("still between us", _lab.Said("MESSAGE im").Single().BodyText);
        Assert.Empty(_lab.Said("BYE im"));
        await ShowAsync("alice");
        await adding;
        var sending = _lab.Messages.SendMessageAsync("now in the conference");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.True((await sending).IsDelivered);
        Assert.Equal("now in the conference", _lab.Said("MESSAGE chat").Single().BodyText);
        Assert.Single(_lab.Said("BYE im"));
        Assert.Equal(["sip:alice@contoso.com", "sip:carol@contoso.com"], _lab.Said("INVITE conf-invite").Select(invite => invite.UriText));
        Assert.All(_lab.Said("INVITE conf-invite"), invite => Assert.Equal("conv-1", invite.Headers[HeaderName.MsConversationId]));
        Assert.Contains("<conversation-id>conv-1</conversation-id>", _lab.Said("INVITE conf-invite")[0].BodyText, StringComparison.Ordinal);
        Assert.Contains("<im available=\"true\"", _lab.Said("INVITE conf-invite")[0].BodyText, StringComparison.Ordinal);
        Assert.Equal("conv-1", _lab.Said("INVITE focus").Single().Headers[HeaderName.MsConversationId]);
        Assert.Equal(
            ["SchedulingConference", "ConnectingToConference", "WaitingForPeer", "Completed"], progress.Items.Select(change => $"{change.Current.ConferenceEscalationProgress}"));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        Assert.Equal("conv-1", _lab.Conversation.Id);
    });

    [Fact]
    public void Alice_who_invites_to_two_again_when_it_is_a_conference_begins_another_that_is_derived_from_it() => _lab.Run(async () =>
    {
        await MeetAsync();
        var conference = _lab.Conversation;
        var adding = conference.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        await ShowAsync("alice");
        await adding;

        await _lab.Server.InviteToMessagesAsync("bob", "c2", "Ms-Conversation-ID: conv-1\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c2", "ACK");
        await _lab.DelayAsync(0.05);

        var other = _lab.Bob.ConversationManager.Conversations.Single(conversation => conversation != conference);
        Assert.Same(conference, other.DerivedFrom);
        Assert.Null(other.ConferenceSession);
        Assert.Equal("conv-1", other.Id);
        var sending = conference.InstantMessageModality.SendMessageAsync("in the conference");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        Assert.True((await sending).IsDelivered);
        Assert.Equal("in the conference", _lab.Said("MESSAGE chat").Single().BodyText);
    });

    [Fact]
    public void A_conversation_whose_first_message_is_still_on_its_way_waits_for_alice_too() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        SipRequest? invite = null;
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(invite = request, 180);
        var first = _lab.Messages.SendMessageAsync("first");
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(0.05);
        await _lab.Server.RespondAsync(invite!, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));
        Assert.True((await first).IsDelivered);
        await _lab.DelayAsync(1);

        Assert.False(adding.IsCompleted);
        Assert.Empty(_lab.Said("BYE im"));
        await ShowAsync("alice");
        await adding;
        Assert.Single(_lab.Said("BYE im"));
    });

    [Fact]
    public void A_conversation_whose_session_rests_becomes_a_conference_too() => _lab.Run(async () =>
    {
        await MeetAsync();
        await _lab.DelayAsync(601);
        Assert.Single(_lab.Said("BYE im"));

        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        await ShowAsync("alice");
        await adding;
        var sending = _lab.Messages.SendMessageAsync("Hello both");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.True((await sending).IsDelivered);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void A_message_of_alice_that_comes_meanwhile_is_shown_and_one_that_was_on_its_way_to_her_is_settled() => _lab.Run(async () =>
    {
        await MeetAsync();
        var adding = _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("from alice"));
        await _lab.DelayAsync(0.1);
        _lab.Server.Answers["MESSAGE im"] = request => _lab.Server.Reply(request, 481);
        var sending = _lab.Messages.SendMessageAsync("too late");
        await ShowAsync("alice");
        await adding;
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));

        Assert.True((await sending).IsDelivered);
        Assert.Equal(["Incoming alice: from alice", "Outgoing bob: too late"], _lab.Shown);
        Assert.Equal("too late", _lab.Said("MESSAGE chat").Single().BodyText);
    });

    [Fact]
    public void Where_alice_does_not_follow_all_is_as_before() => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(603);

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com"));

        Assert.Equal(603, failure.StatusCode);
        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.Equal(ConferenceEscalationProgress.Failed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        Assert.Single(_lab.Said("BYE chat"));
        Assert.Single(_lab.Said("BYE focus"));
        Assert.True((await _lab.Messages.SendMessageAsync("Just us then")).IsDelivered);
        Assert.Equal("Just us then", _lab.Said("MESSAGE im").Single().BodyText);
        Assert.Equal(["sip:bob@contoso.com", "sip:alice@contoso.com"], _lab.Conversation.Participants.Select(participant => participant.Uri));
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Theory]
    [InlineData("SERVICE addConference", ConferenceStage.Scheduling)]
    [InlineData("INVITE focus", ConferenceStage.Focus)]
    [InlineData("INVITE chat", ConferenceStage.InstantMessages)]
    public void Where_the_conference_does_not_come_about_all_is_as_before(string request, ConferenceStage stage) => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers[request] = _lab.Says(503);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => _lab.Conversation.AddParticipantAsync("sip:carol@contoso.com"));

        Assert.Equal((stage, 503), (failure.Stage, failure.StatusCode));
        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.True((await _lab.Messages.SendMessageAsync("Just us then")).IsDelivered);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
    });

    [Fact]
    public void Bob_follows_alice_to_her_conference_in_the_same_conversation_without_being_asked() => _lab.Run(async () =>
    {
        await MeetAsync();
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);
        await ShowAsync("alice", "carol");
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(1);

        Assert.Contains("bob: 200 INVITE conf-invite", _lab.Server.Log);
        Assert.Same(_lab.Conversation, Assert.Single(_lab.Bob.ConversationManager.Conversations));
        Assert.Equal(ConferenceSessionState.Connected, _lab.Conversation.ConferenceSession!.State);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        await _lab.Server.SendInDialogAsync("chat", "MESSAGE", Texts.Message("Welcome", headers: "Ms-Sender: <sip:carol@contoso.com>\r\n"));
        await _lab.DelayAsync(0.1);
        var sending = _lab.Messages.SendMessageAsync("Hello both");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync("chat", "BENOTIFY", Texts.Report(1));
        Assert.Equal(["sip:alice@contoso.com", "sip:carol@contoso.com"], (await sending).Recipients.Select(recipient => recipient.Uri));
        Assert.Equal(["Incoming carol: Welcome", "Outgoing bob: Hello both"], _lab.Shown);
        Assert.Empty(_lab.Said("BYE im"));
        Assert.Equal(["sip:alice@contoso.com", "sip:bob@contoso.com", "sip:carol@contoso.com"], _lab.Conversation.Participants.Select(participant => participant.Uri).Order());
    });

    [Fact]
    public void Where_the_conference_cannot_be_joined_bob_stays_with_alice() => _lab.Run(async () =>
    {
        await MeetAsync();
        _lab.Server.Answers["INVITE focus"] = _lab.Says(403);
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);

        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.True((await _lab.Messages.SendMessageAsync("Just us then")).IsDelivered);
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(1);
    });

    [Fact]
    public void An_invitation_with_the_id_of_a_conversation_by_somebody_else_makes_one_that_is_derived_from_it() => _lab.Run(async () =>
    {
        Conversation? invited = null;
        _lab.Bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) =>
        {
            invited = invitation.Conversation;
            return invitation.DeclineAsync(cancellationToken: token);
        };
        await _lab.MeetAsync(headers: "Ms-Conversation-ID: conv-2\r\n");
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        await _lab.Server.InviteToMessagesAsync("bob", "c3", "Ms-Conversation-ID: conv-1\r\n", from: "mallory");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c3", "ACK");

        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(1);
        await _lab.Server.FollowInviteAsync("1", "ACK");

        Assert.NotNull(invited);
        Assert.NotSame(_lab.Conversation, invited);
        Assert.Equal("sip:mallory@contoso.com", invited.DerivedFrom!.Participants[1].Uri);
    });

    private async Task MeetAsync()
    {
        _lab.Server.Answers["MESSAGE chat"] = request => _lab.Server.Reply(request, 202, $"Message-Id: {++_messageId}\r\n\r\n");
        await _lab.MeetAsync();
    }

    private async Task ShowAsync(params string[] names)
    {
        await _lab.Server.SendInDialogAsync(
            "conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", "partial", [.. names.Select(name => Texts.User(name, sessions: "chat"))]));
        await _lab.DelayAsync(0.05);
    }
}
