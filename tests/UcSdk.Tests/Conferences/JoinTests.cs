using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Tests;

public sealed class JoinTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void A_join_goes_to_the_focus_then_to_roster_and_AV_server_side_by_side() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var signedIn = _lab.Server.Log.Count;

        var conversation = await alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);

        Assert.Equal(
            [
                "alice: INVITE focus", "server: 200 INVITE focus", "alice: ACK focus", "alice: SUBSCRIBE conference", "server: 200 SUBSCRIBE conference",
                "alice: INVITE audio-video", "server: 200 INVITE audio-video",
            ],
            _lab.Server.Log[signedIn..].Where(line => line != "alice: ACK audio-video"));
        Assert.Equal(ConversationState.Active, conversation.State);
        Assert.Equal(ConferenceSessionState.Connected, conversation.ConferenceSession!.State);
        Assert.Equal(ModalityState.Connected, conversation.AVModality.State);
        Assert.Equal("Standup", conversation.ConferenceSession.Subject);
        Assert.Equal(ConferenceAccessType.Open, conversation.ConferenceSession.AccessType);
        Assert.Same(conversation.SelfParticipant, Assert.Single(conversation.Participants));
        Assert.Equal("alice", conversation.SelfParticipant.DisplayName);
        Assert.Equal("sip:alice@contoso.com;gruu;opaque=app:conf:audio-video:id:7ECB5F9B", _lab.Server.Last("INVITE audio-video").UriText);
        var identities = new[] { "INVITE focus", "SUBSCRIBE conference", "INVITE audio-video" }.Select(name => _lab.Server.Last(name).Headers[HeaderName.MsConversationId]);
        Assert.All(identities, id => Assert.Equal(conversation.Id, id));
    });

    [Fact]
    public void Progress_tells_every_stage_with_round_trips_and_time() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var progress = new ProgressRecorder();

        await alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri, progress: progress);
        await _lab.DelayAsync(0);

        Assert.Equal(
            [
                "Focus begins after 0 at 0 ms", "Focus done after 1 at 20 ms", "Roster begins after 1 at 20 ms", "AudioVideo begins after 1 at 20 ms",
                "Roster done after 2 at 40 ms", "AudioVideo done after 2 at 40 ms", "Media begins after 2 at 40 ms",
            ],
            progress.Lines[..^1]);
        Assert.StartsWith("Media done after 3", progress.Lines[^1]);
    });

    [Fact]
    public void States_change_in_the_published_order() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        var talk = new Recorder<ConversationStateChange>();
        var audio = new Recorder<ModalityStateChange>();
        var session = new Recorder<ConferenceSessionStateChange>();
        var actions = new Recorder<ActionAvailability<ModalityAction>>();
        using var a = conversation.StateChanges.Subscribe(talk);
        using var b = conversation.AVModality.StateChanges.Subscribe(audio);
        using var c = conversation.ConferenceSession!.StateChanges.Subscribe(session);
        using var d = conversation.AVModality.ActionAvailabilityChanges.Subscribe(actions);

        await conversation.JoinAsync();
        await conversation.EndAsync();
        await _lab.DelayAsync(0);

        Assert.Equal(["Idle → Connecting (JoinRequested)", "Connecting → Connected (Joined)", "Connected → Disconnecting (LeaveRequested)", "Disconnecting → Disconnected (Disconnected)", "completed"], session.Log);
        Assert.Equal(
            [
                "Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)", "Joining → Connected (MediaConnected)",
                "Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)", "completed",
            ],
            audio.Log);
        Assert.Equal(["Inactive → Active (ModalityConnected)", "Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (EndedLocally)", "completed"], talk.Log);
        Assert.Equal([(ModalityAction.Disconnect, true), (ModalityAction.Disconnect, false)], actions.Items.Select(item => (item.Action, item.IsAvailable)));
        Assert.Equal(["sip:alice@contoso.com"], talk.Items[0].Participants.Select(participant => participant.Uri));
        Assert.True(audio.Items[^1].Statistics!.PacketsReceived > 0);
    });

    [Fact]
    public void Leaving_takes_everything_down_in_the_opposite_order() => _lab.Run(async () =>
    {
        var (alice, conversation) = await _lab.JoinAsync("alice");
        await _lab.DelayAsync(1);
        var joined = _lab.Server.Log.Count;

        await conversation.EndAsync();

        Assert.Equal(["alice: BYE audio-video", "alice: SUBSCRIBE conference", "alice: BYE focus"], _lab.Server.Log[joined..].Where(line => line.StartsWith("alice", StringComparison.Ordinal)));
        Assert.Empty(alice.ConversationManager.Conversations);
        Assert.Empty(conversation.Participants);
        await conversation.EndAsync();
        await Assert.ThrowsAsync<InvalidStateException>(() => conversation.JoinAsync());
    });

    [Fact]
    public void Audio_can_be_left_out_and_connected_later_and_again() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri, new JoinOptions { Audio = false });
        Assert.Equal((ConversationState.Inactive, ModalityState.Disconnected), (conversation.State, conversation.AVModality.State));
        Assert.True(conversation.AVModality.CanInvoke(ModalityAction.Connect));

        for (var i = 0; i < 2; i++)
        {
            await conversation.AVModality.ConnectAsync();
            Assert.Equal(ConversationState.Active, conversation.State);
            await Assert.ThrowsAsync<InvalidStateException>(() => conversation.AVModality.ConnectAsync());
            await conversation.AVModality.DisconnectAsync();
            Assert.Equal(ConversationState.Inactive, conversation.State);
        }

        Assert.Equal(2, _lab.Server.Log.Count(line => line == "alice: BYE audio-video"));
    });

    [Fact]
    public void A_focus_that_refuses_fails_the_stage_Focus_with_its_diagnosis() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE focus"] = request => _lab.Server.Reply(request, 403, "ms-diagnostics: 3014;reason=\"Not authorized\";source=\"server\"\r\n");
        var alice = await _lab.SignInAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));

        Assert.Equal((ConferenceStage.Focus, 403, "Forbidden"), (failure.Stage, failure.StatusCode, failure.ReasonPhrase));
        Assert.Equal(3014, failure.Diagnostics!.ErrorId);
        Assert.Contains("Focus: 403 Forbidden (3014;", failure.Message);
        Assert.Empty(alice.ConversationManager.Conversations);
    });

    [Fact]
    public void A_join_that_the_focus_answers_with_a_failed_command_fails_and_says_goodbye() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE focus"] = request => _lab.Server.Reply(request, 200, Texts.C3pResponse(request, "failure", "<addUser reason=\"policyViolation\"/>"));
        var alice = await _lab.SignInAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));

        Assert.Equal((ConferenceStage.Focus, "policyViolation"), (failure.Stage, failure.ReasonPhrase));
        Assert.Contains("alice: BYE focus", _lab.Server.Log);
    });

    [Fact]
    public void A_refused_roster_takes_the_AV_call_and_the_focus_down() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE conference"] = request => _lab.Server.Reply(request, 503, "Retry-After: 60\r\n");
        var alice = await _lab.SignInAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));

        Assert.Equal((ConferenceStage.Roster, 503, TimeSpan.FromSeconds(60)), (failure.Stage, failure.StatusCode, failure.RetryAfter));
        Assert.Equal(["alice: BYE audio-video", "alice: BYE focus"], _lab.Server.Log.Where(line => line.StartsWith("alice: BYE", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_refused_AV_call_takes_roster_and_focus_down_and_the_join_can_be_repeated() => _lab.Run(async () =>
    {
        var answer = _lab.Server.Answers["INVITE audio-video"];
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(request, 488, "ms-diagnostics: 7008;reason=\"Error parsing SDP\"\r\n");
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        var session = new Recorder<ConferenceSessionStateChange>();
        using var subscription = conversation.ConferenceSession!.StateChanges.Subscribe(session);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.JoinAsync());

        Assert.Equal((ConferenceStage.AudioVideo, 488, 7008), (failure.Stage, failure.StatusCode, failure.Diagnostics!.ErrorId));
        Assert.Equal(ConferenceSessionState.Idle, conversation.ConferenceSession.State);
        Assert.Equal("Disconnecting → Idle (JoinFailed)", session.Log[^1]);
        Assert.Same(failure, session.Items[^1].Cause);
        Assert.Empty(conversation.Participants);
        _lab.Server.Answers["INVITE audio-video"] = answer;
        await conversation.JoinAsync();
        Assert.Equal(ConversationState.Active, conversation.State);
    });

    [Fact]
    public void An_answer_without_a_common_codec_is_acknowledged_and_ended() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(
            request, 200, "Content-Type: application/sdp\r\n\r\nv=0\r\no=- 0 0 IN IP4 10.0.0.1\r\ns=session\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/SAVP 115\r\na=rtpmap:115 x-msrta/8000\r\n");
        var alice = await _lab.SignInAsync("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));

        Assert.Equal((ConferenceStage.AudioVideo, 0), (failure.Stage, failure.StatusCode));
        Assert.IsType<MediaNegotiationException>(failure.InnerException);
        Assert.Contains("alice: ACK audio-video", _lab.Server.Log);
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
    });

    [Fact]
    public void Silence_of_the_AV_server_fails_the_stage_Media_at_the_tick() => _lab.Run(async () =>
    {
        _lab.Server.SendsMedia = false;
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.AddConversationAsync(ScriptedServer.FocusUri);
        var begin = _lab.Simulation.Clock.Now;

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.JoinAsync());

        Assert.Equal(ConferenceStage.Media, failure.Stage);
        Assert.IsType<TimeoutException>(failure.InnerException);
        // 2 round trips to the answer, 10 s of waiting, then BYE and the roster, and the focus: 2 more round trips.
        Assert.InRange(_lab.Simulation.Clock.Now - begin, TimeSpan.FromMilliseconds(10_080), TimeSpan.FromMilliseconds(10_100));
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
    });

    [Fact]
    public void With_the_wrong_key_nothing_is_heard_and_the_join_fails() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice", new ClientSeams { WrongSrtpKey = true });

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));

        Assert.Equal(ConferenceStage.Media, failure.Stage);
    });

    [Theory]
    [InlineData("INVITE focus", 0.5)]
    [InlineData("SUBSCRIBE conference", 0.5)]
    [InlineData("INVITE audio-video", 0.5)]
    public void Cancelling_a_join_at_any_stage_leaves_nothing(string silent, double after) => _lab.Run(async () =>
    {
        // An answer of 100 keeps an INVITE alive, and lets a CANCEL find it.
        _lab.Server.Answers[silent] = request => request.Method.IsInvite ? _lab.Server.Reply(request, 100) : Task.FromResult<SipResponse?>(null);
        _lab.Server.Answers["CANCEL " + silent.Split(' ')[1]] = async cancel =>
        {
            await _lab.Server.RespondAsync(_lab.Server.Last(silent), 487);
            return await _lab.Server.Reply(cancel, 200);
        };
        var alice = await _lab.SignInAsync("alice");
        using var cancel = new CancellationTokenSource();

        var joining = alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri, cancellationToken: cancel.Token);
        await _lab.DelayAsync(after);
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
        Assert.Empty(alice.ConversationManager.Conversations);
        Assert.Equal(silent.StartsWith("INVITE", StringComparison.Ordinal), _lab.Server.Log.Contains("alice: CANCEL " + silent.Split(' ')[1]));
    });

    [Fact]
    public void Losing_the_connection_in_the_middle_of_a_join_fails_it() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(request, 100);
        var alice = await _lab.SignInAsync("alice");
        var joining = alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);
        await _lab.DelayAsync(1);

        _lab.Network.CutHost("alice");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => joining);
        Assert.Equal(503, failure.StatusCode);
        Assert.Equal(ClientState.SigningIn, alice.State);
    });

    [Fact]
    public void Meeting_now_makes_a_conference_and_a_conversation_in_it() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");

        var conversation = await alice.ConversationManager.MeetNowAsync(new MeetNowOptions { Subject = "Standup", AccessType = ConferenceAccessType.Closed });

        Assert.Equal(ScriptedServer.FocusUri, conversation.ConferenceSession!.ConferenceUri);
        Assert.Equal((ConferenceAccessType.Closed, "Standup"), (conversation.ConferenceSession.AccessType, conversation.ConferenceSession.Subject));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => alice.ConversationManager.MeetNowAsync(new MeetNowOptions { AccessType = ConferenceAccessType.Locked }));
        var body = _lab.Server.Last("SERVICE addConference").BodyText;
        Assert.Contains("closedAuthenticated", body);
        Assert.Contains("Standup", body);
        await Assert.ThrowsAsync<InvalidStateException>(() => conversation.EscalateToConferenceAsync());
        Assert.Same(conversation, await alice.ConversationManager.AddConversationAsync("conf:" + ScriptedServer.FocusUri));
    });
}
