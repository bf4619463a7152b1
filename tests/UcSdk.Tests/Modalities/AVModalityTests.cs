using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Tests;

public sealed class AVModalityTests
{
    private readonly Lab _lab = new();
    private Func<SipRequest, Task<SipResponse?>>? _answer;

    [Fact]
    public void An_AV_server_that_never_answers_times_out() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE audio-video"] = _ => Task.FromResult<SipResponse?>(null);
        var (_, conversation, changes) = await JoinSilentlyAsync();

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => conversation.AVModality.ConnectAsync());

        Assert.Equal((ConferenceStage.AudioVideo, 408), (failure.Stage, failure.StatusCode));
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnected (TimedOut)"], changes.Log);
    });

    [Fact]
    public void Disconnecting_gives_up_while_it_connects_and_while_it_waits_for_media() => _lab.Run(async () =>
    {
        ScriptRinging();
        var (_, conversation, changes) = await JoinSilentlyAsync();
        var connecting = conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);
        await conversation.AVModality.DisconnectAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        ScriptSilence();
        connecting = conversation.AVModality.ConnectAsync();
        await conversation.AVModality.WaitForStateAsync(ModalityState.Joining);
        await conversation.AVModality.DisconnectAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await _lab.DelayAsync(0.05);

        Assert.Equal(
            [
                "Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)",
                "Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)", "Joining → Disconnecting (DisconnectRequested)",
                "Disconnecting → Disconnected (Disconnected)",
            ],
            changes.Log);
        Assert.Contains("alice: CANCEL audio-video", _lab.Server.Log);
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
    });

    [Fact]
    public void A_BYE_before_the_first_packet_fails_the_connect() => _lab.Run(async () =>
    {
        ScriptSilence();
        var (_, conversation, changes) = await JoinSilentlyAsync();
        var connecting = conversation.AVModality.ConnectAsync();
        await conversation.AVModality.WaitForStateAsync(ModalityState.Joining);

        await _lab.Server.SendInDialogAsync("audio-video", "BYE");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => connecting);
        Assert.Equal(ConferenceStage.Media, failure.Stage);
        Assert.Equal("Joining → Disconnected (RemoteDisconnected)", changes.Log[^1]);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_the_conference_ends_a_connect(bool isAnswered) => _lab.Run(async () =>
    {
        Script(isAnswered);
        var (_, conversation, changes) = await JoinSilentlyAsync();
        var connecting = conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync("focus", "BYE");

        await Assert.ThrowsAsync<ConferenceFailureException>(() => connecting);
        await _lab.DelayAsync(1);
        Assert.Equal($"{(isAnswered ? "Joining" : "Connecting")} → Disconnecting (ConferenceEnded)", changes.Log[^3]);
        Assert.Contains($"alice: {(isAnswered ? "BYE" : "CANCEL")} audio-video", _lab.Server.Log);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lost_connection_ends_a_connect(bool isAnswered) => _lab.Run(async () =>
    {
        Script(isAnswered);
        var (_, conversation, changes) = await JoinSilentlyAsync();
        var connecting = conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);

        _lab.Network.CutHost("alice");

        await Assert.ThrowsAsync<ConferenceFailureException>(() => connecting);
        await _lab.DelayAsync(0);
        Assert.Equal($"{(isAnswered ? "Joining" : "Connecting")} → Disconnected (ConnectionLost)", changes.Log[^2]);
    });

    [Fact]
    public void A_connection_lost_during_the_goodbye_ends_it() => _lab.Run(async () =>
    {
        _lab.Server.Answers["BYE audio-video"] = _ => Task.FromResult<SipResponse?>(null);
        var (_, conversation) = await _lab.JoinAsync("alice");
        var changes = new Recorder<ModalityStateChange>();
        using var subscription = conversation.AVModality.StateChanges.Subscribe(changes);
        var disconnecting = conversation.AVModality.DisconnectAsync();
        await _lab.DelayAsync(1);

        _lab.Network.CutHost("alice");

        await disconnecting;
        await _lab.DelayAsync(0);
        Assert.Equal(["Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (ConnectionLost)", "completed"], changes.Log);
    });

    [Fact]
    public void Source_and_sink_may_come_before_the_call_change_during_it_and_stay_for_the_next() => _lab.Run(async () =>
    {
        var (_, conversation, _) = await JoinSilentlyAsync();
        var first = new CountingSink();
        conversation.AVModality.AudioSink = first;
        conversation.AVModality.AudioSource = new ToneSource(440);
        await conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);
        var second = new CountingSink();
        conversation.AVModality.AudioSink = second;
        var heardByFirst = first.Frames;
        await _lab.DelayAsync(1);
        await conversation.AVModality.DisconnectAsync();
        var heardBySecond = second.Frames;
        await conversation.AVModality.ConnectAsync();
        await _lab.DelayAsync(1);

        Assert.InRange(heardByFirst, 45, 55);
        Assert.InRange(first.Frames, heardByFirst, heardByFirst + 1);
        Assert.InRange(heardBySecond, 45, 55);
        Assert.InRange(second.Frames, heardBySecond + 45, heardBySecond + 55);
        var statistics = await conversation.AVModality.GetStatisticsAsync();
        Assert.True(statistics!.IsEncrypted);
        Assert.InRange(statistics.PacketsSent, 45, 60);
    });

    [Fact]
    public void What_can_be_invoked_follows_from_the_table_and_the_conference() => _lab.Run(async () =>
    {
        ScriptSilence();
        var (alice, conversation, _) = await JoinSilentlyAsync();
        var outside = await alice.ConversationManager.AddConversationAsync();
        var modality = conversation.AVModality;
        Assert.False(outside.AVModality.CanInvoke(ModalityAction.Connect));
        Assert.True(outside.CanInvoke(ConversationAction.AddParticipant));
        Assert.False(outside.CanInvoke(ConversationAction.RemoveParticipant));
        Assert.True(conversation.CanInvoke(ConversationAction.AddParticipant));

        foreach (var wanted in new[] { ModalityState.Disconnected, ModalityState.Connecting, ModalityState.Joining })
        {
            var connecting = wanted == ModalityState.Connecting ? modality.ConnectAsync() : Task.CompletedTask;
            await modality.WaitForStateAsync(wanted);
            Assert.Equal(AVModalityStates.Table.Permits(wanted, ModalityTrigger.Connect), modality.CanInvoke(ModalityAction.Connect));
            Assert.Equal(AVModalityStates.Table.Permits(wanted, ModalityTrigger.Disconnect), modality.CanInvoke(ModalityAction.Disconnect));
            Assert.All(Enum.GetValues<ModalityAction>().Where(action => action > ModalityAction.Disconnect), action => Assert.False(modality.CanInvoke(action)));
            _ = connecting;
        }

        await conversation.EndAsync();
        Assert.False(conversation.CanInvoke(ConversationAction.AddParticipant));
        await Assert.ThrowsAsync<InvalidStateException>(() => modality.ConnectAsync());
    });

    private async Task<(LyncClient Client, Conversation Conversation, Recorder<ModalityStateChange> Changes)> JoinSilentlyAsync()
    {
        var alice = await _lab.SignInAsync("alice");
        var conversation = await alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri, new JoinOptions { Audio = false });
        var changes = new Recorder<ModalityStateChange>();
        conversation.AVModality.StateChanges.Subscribe(changes);
        return (alice, conversation, changes);
    }

    private void Script(bool isAnswered)
    {
        if (isAnswered)
        {
            ScriptSilence();
        }
        else
        {
            ScriptRinging();
        }
    }

    private void ScriptSilence()
    {
        _lab.Server.SendsMedia = false;
        if (_answer is not null)
        {
            _lab.Server.Answers["INVITE audio-video"] = _answer;
        }
    }

    private void ScriptRinging()
    {
        _answer ??= _lab.Server.Answers["INVITE audio-video"];
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(request, 180);
        _lab.Server.Answers["CANCEL audio-video"] = async cancel =>
        {
            await _lab.Server.RespondAsync(_lab.Server.Last("INVITE audio-video"), 487);
            return await _lab.Server.Reply(cancel, 200);
        };
    }

    private sealed class CountingSink : IAudioSink
    {
        public int Frames { get; private set; }

        public void Write(AudioFrame frame) => Frames++;
    }
}
