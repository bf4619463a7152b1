using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Audio in a conversation between bob and alice makes it a conference; alice and the server are played by the scripted server.</summary>
public sealed class AudioEscalationTests
{
    private readonly MessageLab _lab = new();
    private int _version = 1;

    [Fact]
    public void Connecting_audio_between_two_makes_it_a_conference_to_which_alice_is_asked_with_audio() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        Assert.True(_lab.Conversation.AVModality.CanInvoke(ModalityAction.Connect));

        var connecting = _lab.Conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);
        Assert.False(connecting.IsCompleted);
        await ShowAlice();
        await connecting;

        Assert.Equal(ModalityState.Connected, _lab.Conversation.AVModality.State);
        Assert.Equal("conv-1", _lab.Conversation.Id);
        var invitation = _lab.Said("INVITE conf-invite").Single();
        Assert.Equal((MessageLab.Alice, "conv-1"), (invitation.UriText, invitation.Headers[HeaderName.MsConversationId]));
        Assert.Contains("<audio available=\"true\"", invitation.BodyText, StringComparison.Ordinal);
        Assert.Contains("<im available=\"true\"", invitation.BodyText, StringComparison.Ordinal);
        Assert.Equal(
            ["SERVICE addConference", "INVITE focus", "INVITE chat", "INVITE audio-video", "INVITE conf-invite"],
            _lab.Server.Requests.Select(request => request.Name).Where(name => name is "SERVICE addConference" || name.StartsWith("INVITE", StringComparison.Ordinal)));
        Assert.Single(_lab.Said("BYE im"));
    });

    [Theory]
    [InlineData("SERVICE addConference", ConferenceStage.Scheduling)]
    [InlineData("INVITE focus", ConferenceStage.Focus)]
    [InlineData("SUBSCRIBE conference", ConferenceStage.Roster)]
    [InlineData("INVITE chat", ConferenceStage.InstantMessages)]
    [InlineData("INVITE audio-video", ConferenceStage.AudioVideo)]
    public void What_fails_on_the_way_leaves_nothing_and_the_messages_flow(string request, ConferenceStage stage) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers[request] = _lab.Says(503);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => _lab.Conversation.AVModality.ConnectAsync());

        Assert.Equal((stage, 503), (failure.Stage, failure.StatusCode));
        await AssertBetweenTwoAsync();
    });

    [Fact]
    public void No_media_leaves_nothing_and_the_messages_flow() => _lab.Run(async () =>
    {
        _lab.Server.SendsMedia = false;
        await _lab.MeetAsync();

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => _lab.Conversation.AVModality.ConnectAsync());

        Assert.Equal(ConferenceStage.Media, failure.Stage);
        await AssertBetweenTwoAsync();
        Assert.Single(_lab.Said("BYE audio-video"));
    });

    [Fact]
    public void Alice_who_declines_leaves_a_conversation_between_two() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(603);

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => _lab.Conversation.AVModality.ConnectAsync());

        Assert.Equal(603, failure.StatusCode);
        await AssertBetweenTwoAsync();
        Assert.Single(_lab.Said("BYE audio-video"));
        Assert.Single(_lab.Said("INFO deleteConference"));
    });

    [Fact]
    public void Disconnecting_the_audio_on_the_way_gives_it_all_up() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(request, 180);
        _lab.Server.Answers["CANCEL audio-video"] = async request =>
        {
            await _lab.Server.RespondAsync(_lab.Said("INVITE audio-video")[0], 487);
            return await _lab.Server.Reply(request, 200);
        };
        var connecting = _lab.Conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);

        await _lab.Conversation.AVModality.DisconnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await AssertBetweenTwoAsync();
    });

    [Fact]
    public void A_server_without_conferences_offers_no_audio_between_two() => _lab.Run(
        async () =>
        {
            await _lab.MeetAsync();

            Assert.False(_lab.Conversation.AVModality.CanInvoke(ModalityAction.Connect));
            await Assert.ThrowsAsync<InvalidStateException>(() => _lab.Conversation.AVModality.ConnectAsync());
        },
        options =>
        {
            _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(
                request, 200, Texts.Registered(request).Replace("vnd-microsoft-provisioning-v2,", "", StringComparison.Ordinal));
            return options;
        });

    [Fact]
    public void Nobody_to_talk_with_is_no_audio() => _lab.Run(async () =>
    {
        var conversation = await _lab.Bob.ConversationManager.AddConversationAsync();
        Assert.False(conversation.AVModality.CanInvoke(ModalityAction.Connect));

        await conversation.AddParticipantAsync(MessageLab.Alice);

        Assert.True(conversation.AVModality.CanInvoke(ModalityAction.Connect));
    });

    [Fact]
    public void Alice_who_was_never_talked_with_is_invited_and_a_refusal_leaves_no_trace() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE conf-invite"] = _lab.Says(486);

        await Assert.ThrowsAsync<FailureResponseException>(() => _lab.Conversation.AVModality.ConnectAsync());

        Assert.Equal((ModalityState.Disconnected, ModalityState.Disconnected), (_lab.Messages.State, _lab.Conversation.AVModality.State));
        Assert.Equal(ConversationState.Inactive, _lab.Conversation.State);
        Assert.Null(_lab.Conversation.ConferenceSession);
    });

    [Fact]
    public void Bob_follows_alice_who_talks_without_talking_himself_and_is_asked() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var asked = new List<Modality>();
        _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            asked.Add(modality);
            return modality.AcceptAsync(token);
        };
        await _lab.Server.InviteAsync("bob", "1", Texts.Invitation(audio: true));
        await _lab.DelayAsync(0.05);
        await _lab.Server.FollowInviteAsync("1", "ACK");
        await _lab.DelayAsync(1);

        Assert.Same(_lab.Conversation.AVModality, Assert.Single(asked));
        Assert.Equal(MessageLab.Alice, _lab.Conversation.AVModality.Invitation!.InviterUri);
        Assert.Equal(ModalityState.Connected, _lab.Conversation.AVModality.State);
        Assert.Same(_lab.Conversation, Assert.Single(_lab.Bob.ConversationManager.Conversations));
        Assert.Single(_lab.Said("INVITE audio-video"));
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.Server.SendInDialogAsync("conf-invite", "BYE");
        await _lab.DelayAsync(1);
    });

    private async Task AssertBetweenTwoAsync()
    {
        await _lab.DelayAsync(1);
        Assert.Null(_lab.Conversation.ConferenceSession);
        Assert.Equal((ModalityState.Disconnected, ModalityState.Connected), (_lab.Conversation.AVModality.State, _lab.Messages.State));
        Assert.Equal(ConferenceEscalationProgress.Failed, _lab.Conversation.Properties.ConferenceEscalationProgress);
        Assert.True((await _lab.Messages.SendMessageAsync("Just us then")).IsDelivered);
        Assert.Equal("Just us then", _lab.Said("MESSAGE im").Single().BodyText);
        Assert.Equal(["Notified → Connected (InvitationAccepted)"], _lab.Changes.Log);
        Assert.True(_lab.Conversation.AVModality.CanInvoke(ModalityAction.Connect));
    }

    private async Task ShowAlice()
    {
        await _lab.Server.SendInDialogAsync(
            "conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(++_version, "partial", "partial", Texts.User("alice", sessions: ["chat", "audio-video"])));
        await _lab.DelayAsync(0.05);
    }
}
