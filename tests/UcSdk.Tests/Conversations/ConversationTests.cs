using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What a conversation and its participants show and let be set; alice and the server are played by the scripted server.</summary>
public sealed class ConversationTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Who_is_told_of_a_new_conversation_sees_who_began_it() => _lab.Run(async () =>
    {
        _lab.Welcome();
        var added = new List<string>();
        _lab.Bob.ConversationManager.Conversations.Changes.Subscribe(new Recorder<CollectionChange<Conversation>>(change =>
        {
            if (change is { Kind: CollectionChangeKind.Added, Item: { } conversation })
            {
                added.Add($"{conversation.Direction}, {conversation.Participants.Count} people, inviter {conversation.Properties.Inviter ?? "none"}");
            }
        }));
        await _lab.Bob.ConversationManager.AddConversationAsync();
        await _lab.Server.InviteToMessagesAsync("bob", "c1", "Ms-Conversation-ID: conv-1\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(0.05);

        Assert.Equal(["Outgoing, 0 people, inviter none", "Incoming, 2 people, inviter sip:alice@contoso.com"], added);
    });

    [Fact]
    public void Somebody_of_another_conversation_cannot_be_removed_from_this_one() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        var other = await _lab.Bob.ConversationManager.BeginConversationAsync("sip:carol@contoso.com");

        await Assert.ThrowsAsync<ArgumentException>(() => _lab.Conversation.RemoveParticipantAsync(other.Participants.Single(participant => !participant.IsSelf)));

        Assert.Equal(2, _lab.Bob.ConversationManager.Conversations.Count);
    });

    [Fact]
    public void Only_who_writes_or_types_is_active() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var begun = _lab.Conversation.LastActivity;
        await _lab.DelayAsync(30);
        await _lab.Conversation.SetAutoTerminateOnIdleAsync(true);
        await _lab.DelayAsync(1);
        Assert.Equal(begun, _lab.Conversation.LastActivity);

        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Typing());
        await _lab.DelayAsync(1);
        Assert.Equal(31, (_lab.Conversation.LastActivity - begun).TotalSeconds, 0.2);
    });

    [Theory]
    [InlineData("accept", ConversationAcceptanceState.Accepted)]
    [InlineData("reject", ConversationAcceptanceState.Rejected)]
    [InlineData("nothing", ConversationAcceptanceState.Missed)]
    [InlineData("cancelled", ConversationAcceptanceState.Missed)]
    public void What_became_of_the_invitation_stays_known(string decision, ConversationAcceptanceState expected) => _lab.Run(async () =>
    {
        var states = new List<ConversationAcceptanceState>();
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            modality.Conversation.PropertyChanges.Subscribe(new Recorder<ConversationPropertiesChange>(change => states.Add(change.Current.AcceptanceState)));
            return decision switch
            {
                "accept" => modality.AcceptAsync(token),
                "reject" => modality.RejectAsync(cancellationToken: token),
                "nothing" => Task.CompletedTask,
                _ => _lab.Server.FollowInviteAsync("c1", "CANCEL"),
            };
        };
        await _lab.Server.InviteToMessagesAsync("bob", "c1", "Ms-Conversation-ID: conv-1\r\n");
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("c1", "ACK");
        await _lab.DelayAsync(1);

        Assert.Equal([expected], states);
    });

    [Theory]
    [InlineData("accept", ConversationAcceptanceState.Accepted)]
    [InlineData("decline", ConversationAcceptanceState.Rejected)]
    [InlineData("nothing", ConversationAcceptanceState.Missed)]
    public void What_became_of_the_invitation_to_a_conference_stays_known(string decision, ConversationAcceptanceState expected) => _lab.Run(async () =>
    {
        Conversation? conversation = null;
        _lab.Bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) =>
        {
            conversation = invitation.Conversation;
            return decision switch
            {
                "accept" => invitation.AcceptAsync(token),
                "decline" => invitation.DeclineAsync(cancellationToken: token),
                _ => Task.CompletedTask,
            };
        };
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation());
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(40);

        Assert.Equal(expected, conversation!.Properties.AcceptanceState);
        Assert.Equal(MessageLab.Alice, conversation.Properties.Inviter);
    });

    [Fact]
    public void The_active_modalities_are_those_that_are_connected() => _lab.Run(async () =>
    {
        var changes = new Recorder<ActiveModalitiesChange>();
        await _lab.MeetAsync();
        Assert.Equal(ModalityTypes.InstantMessage, _lab.Conversation.ActiveModalities);
        _lab.Conversation.ActiveModalityChanges.Subscribe(changes);
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(603);

        await Assert.ThrowsAsync<FailureResponseException>(() => _lab.Conversation.AVModality.ConnectAsync());
        await _lab.Messages.DisconnectAsync();
        await _lab.Conversation.EndAsync();
        await _lab.DelayAsync(0);

        Assert.Equal(
            [ModalityTypes.InstantMessage | ModalityTypes.AudioVideo, ModalityTypes.InstantMessage, ModalityTypes.None],
            changes.Items.Select(change => change.Current));
        Assert.Equal("completed", changes.Log[^1]);
    });

    [Fact]
    public void Removing_the_other_ends_a_conversation_between_two() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        Assert.True(_lab.Conversation.CanInvoke(ConversationAction.RemoveParticipant));

        await _lab.Conversation.RemoveParticipantAsync(_lab.Conversation.Participants.Single(participant => !participant.IsSelf));

        Assert.Equal(ConversationState.Terminated, _lab.Conversation.State);
        Assert.Single(_lab.Said("BYE im"));
        Assert.Empty((await _lab.Bob.ConversationManager.AddConversationAsync()).Participants);
    });

    [Fact]
    public void What_can_be_set_says_so() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var changes = new Recorder<ConversationPropertiesChange>();
        _lab.Conversation.PropertyChanges.Subscribe(changes);
        Assert.All(Enum.GetValues<ConversationProperty>(), property => Assert.True(_lab.Conversation.CanSetProperty(property)));

        await _lab.Conversation.SetFollowUpAsync(true);
        await _lab.Conversation.SetImportanceAsync(ConversationImportance.High);
        await _lab.Conversation.SetAutoTerminateOnIdleAsync(false);

        Assert.Equal(3, changes.Items.Count);
        Assert.Equal(new ConversationProperties { Inviter = MessageLab.Alice, AcceptanceState = ConversationAcceptanceState.Accepted, FollowUp = true, Importance = ConversationImportance.High, AutoTerminateOnIdle = false }, _lab.Conversation.Properties);
        await _lab.Conversation.EndAsync();
        Assert.All(Enum.GetValues<ConversationProperty>(), property => Assert.False(_lab.Conversation.CanSetProperty(property)));
        await Assert.ThrowsAsync<InvalidStateException>(() => _lab.Conversation.SetFollowUpAsync(false));

        var meeting = await _lab.Bob.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        Assert.False(meeting.CanSetProperty(ConversationProperty.Subject));
        Assert.True(meeting.CanSetProperty(ConversationProperty.FollowUp));
    });

    [Fact]
    public void A_session_may_be_kept_while_nobody_writes() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Conversation.SetAutoTerminateOnIdleAsync(false);
        await _lab.DelayAsync(3600);
        Assert.Empty(_lab.Said("BYE im"));

        await _lab.Conversation.SetAutoTerminateOnIdleAsync(true);
        await _lab.DelayAsync(599);
        Assert.Empty(_lab.Said("BYE im"));
        await _lab.DelayAsync(2);

        Assert.Single(_lab.Said("BYE im"));
    });

    [Fact]
    public void Whatever_is_written_is_the_last_activity() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var begun = _lab.Conversation.LastActivity;
        await _lab.DelayAsync(100);
        Assert.Equal(begun, _lab.Conversation.LastActivity);

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("Hello"));
        await _lab.DelayAsync(0.1);

        Assert.InRange(_lab.Conversation.LastActivity - begun, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101));
    });

    [Fact]
    public void A_participant_shows_the_contact_what_the_client_can_show_and_whether_the_person_types() => _lab.Run(async () =>
    {
        await _lab.MeetAsync(headers: "Ms-Conversation-ID: conv-1\r\nReferred-By: <sip:carol@contoso.com>\r\n");
        var alice = _lab.Conversation.Participants.Single(participant => !participant.IsSelf);
        var self = _lab.Conversation.SelfParticipant;

        Assert.Same(_lab.Bob.ContactManager.GetContactByUri(MessageLab.Alice), alice.Contact);
        Assert.Equal((ModalityState.Connected, ModalityState.Disconnected), (alice.Modalities[ModalityTypes.InstantMessage], alice.Modalities[ModalityTypes.AudioVideo]));
        Assert.Equal(
            InstantMessageCapabilities.SupportMime | InstantMessageCapabilities.CanRenderGif | InstantMessageCapabilities.CanRenderRtf | InstantMessageCapabilities.CanRenderHtml
            | InstantMessageCapabilities.CanRenderIsf,
            alice.InstantMessageCapabilities);
        Assert.True(self.InstantMessageCapabilities.HasFlag(InstantMessageCapabilities.CanRenderHtml));
        Assert.Equal("sip:carol@contoso.com", alice.Snapshot.ReferredBy);
        Assert.False(alice.IsTyping);
        await _lab.Server.SendInDialogAsync("im", "INFO", Texts.Typing());
        await _lab.DelayAsync(0.1);
        Assert.True(alice.IsTyping);
        await _lab.DelayAsync(601);
        Assert.False(alice.IsTyping);
        Assert.Equal(InstantMessageCapabilities.None, alice.InstantMessageCapabilities);
        Assert.False(alice.IsOrganizer);
    });

    [Fact]
    public void What_the_invitation_said_of_alice_stays_when_a_roster_shows_her_and_the_meeting_is_hers() => _lab.Run(async () =>
    {
        await _lab.MeetAsync(headers: "Ms-Conversation-ID: conv-1\r\nReferred-By: <sip:carol@contoso.com>\r\n");
        var alice = _lab.Conversation.Participants.Single(participant => !participant.IsSelf);
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: false));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);
        await _lab.Server.SendInDialogAsync(
            "conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(2, "partial", "partial", Texts.User("alice", "presenter", "chat")));
        await _lab.DelayAsync(0.1);

        Assert.Same(alice, _lab.Conversation.Participants.Single(participant => participant.Uri == MessageLab.Alice));
        Assert.Equal(("sip:carol@contoso.com", true, true), (alice.Snapshot.ReferredBy, alice.IsPresenter, alice.IsOrganizer));
        Assert.Equal(InstantMessageCapabilities.None, alice.InstantMessageCapabilities);
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(1);
    });

    [Fact]
    public void Of_those_who_take_no_sessions_a_thousand_and_twenty_four_are_remembered() => _lab.Run(() =>
    {
        var users = _lab.Bob.ConversationManager.PageModeUsers;
        for (var number = 0; number < 1024; number++)
        {
            users.Add(SipUri.Parse($"sip:user{number}@contoso.com"));
        }

        users.Add(SipUri.Parse("sip:user7@contoso.com"));
        Assert.True(users.Contains(SipUri.Parse("sip:user0@contoso.com")));
        users.Add(SipUri.Parse("sip:user1024@contoso.com"));

        Assert.Equal(1024, users.Count);
        Assert.False(users.Contains(SipUri.Parse("sip:user0@contoso.com")));
        Assert.True(users.Contains(SipUri.Parse("sip:user1024@contoso.com")));

        // Who takes a session and later none again is the last of them.
        users.Remove(SipUri.Parse("sip:user1@contoso.com"));
        users.Add(SipUri.Parse("sip:user1@contoso.com"));
        users.Add(SipUri.Parse("sip:user1025@contoso.com"));
        Assert.Equal((1024, true, false), (users.Count, users.Contains(SipUri.Parse("sip:user1@contoso.com")), users.Contains(SipUri.Parse("sip:user2@contoso.com"))));
        return Task.CompletedTask;
    });
}
