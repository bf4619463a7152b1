using UcSdk.Media;
using UcSdk.Server;

namespace UcSdk.Conversations.Tests;

/// <summary>Joins that fail: each names its stage, and what was set up before is taken down again.</summary>
public sealed class JoinFailureTests
{
    [Fact]
    public void There_is_no_such_conference() => World.Tell(async world =>
    {
        var bob = await world.SignInAsync("bob");
        await bob.OpenAsync("sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:NOSUCHID");

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => bob.JoinAsync());

        Assert.Equal((ConferenceStage.Focus, 404), (failure.Stage, failure.StatusCode));
        Assert.Equal(3012, failure.Diagnostics!.ErrorId);
        Assert.Equal(
            ["bob → server INVITE focus (application/cccp+xml)", "server → bob 404 INVITE focus", "bob → server ACK focus"],
            world.Wire.Dialog("bob → server INVITE focus", "bob"));
        Assert.Equal(["Idle → Connecting (JoinRequested)", "Connecting → Idle (JoinFailed)"], bob.HistoryOf(bob.Conversation!.ConferenceSession!));
        await bob.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void The_focus_refuses_everybody() => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);

            var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.JoinAsync());

            Assert.Equal((ConferenceStage.Focus, 503), (failure.Stage, failure.StatusCode));
            Assert.False(world.Wire.Has("alice → server SUBSCRIBE focus conference"));
            Assert.False(world.Wire.Has("alice → server INVITE audio-video"));
            await alice.Conversation!.EndAsync();
            await world.AssertNobodyMeetsAsync();
        },
        new WorldOptions { ServerSeams = new ServerSeams { FocusRefusal = 503 } });

    [Fact]
    public void The_AV_server_refuses_and_the_focus_is_left_again() => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);

            var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.JoinAsync());

            Assert.Equal((ConferenceStage.AudioVideo, 488), (failure.Stage, failure.StatusCode));
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(
                ["alice → server INVITE audio-video (application/sdp)", "server → alice 488 INVITE audio-video", "alice → server ACK audio-video"],
                world.Wire.Dialog("alice → server INVITE audio-video", "alice"));
            world.Wire.AssertInOrder("server → alice 488 INVITE audio-video", "alice → server SUBSCRIBE focus conference", "alice → server BYE focus");
            Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnected (Refused)"], alice.HistoryOf(alice.Conversation!.AVModality));
            Assert.Equal(Lines.SessionAbandoned, alice.HistoryOf(alice.Conversation.ConferenceSession!));
            Assert.Empty(alice.Conversation.Participants);
            await alice.Conversation.EndAsync();
        },
        new WorldOptions { ServerSeams = new ServerSeams { McuRefusal = 488 } });

    [Fact]
    public void The_answer_names_no_codec_that_was_offered() => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);

            var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.JoinAsync());

            Assert.Equal(ConferenceStage.AudioVideo, failure.Stage);
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(
                [
                    "alice → server INVITE audio-video (application/sdp)", "server → alice 200 INVITE audio-video (application/sdp)", "alice → server ACK audio-video",
                    "alice → server BYE audio-video", "server → alice 200 BYE audio-video",
                ],
                world.Wire.Dialog("alice → server INVITE audio-video", "alice"));
            Assert.Equal(
                ["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnecting (NegotiationFailed)", "Disconnecting → Disconnected (Disconnected)"],
                alice.HistoryOf(alice.Conversation!.AVModality));
            Assert.Equal(Lines.SessionAbandoned, alice.HistoryOf(alice.Conversation.ConferenceSession!));
            await alice.Conversation.EndAsync();
        },
        new WorldOptions { ServerSeams = new ServerSeams { AnswersWithoutCommonCodec = true } });

    [Fact]
    public void The_AV_server_never_answers() => World.Tell(async world =>
    {
        var (alice, _) = await InvitationTests.MeetAsync(world);
        alice.LineFaults.LosesSent = text => text.StartsWith("INVITE audio-video", StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.JoinAsync());

        Assert.Equal((ConferenceStage.AudioVideo, 408), (failure.Stage, failure.StatusCode));
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnected (TimedOut)"], alice.HistoryOf(alice.Conversation!.AVModality));
        Assert.Equal(Lines.SessionAbandoned, alice.HistoryOf(alice.Conversation.ConferenceSession!));
        await alice.Conversation.EndAsync();
    });

    [Fact]
    public void No_media_comes() => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);

            var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.JoinAsync());

            Assert.Equal(ConferenceStage.Media, failure.Stage);
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(
                world.Wire.First("alice → server ACK audio-video").Time + TimeSpan.FromSeconds(10), world.Wire.First("alice → server BYE audio-video").Time);
            Assert.Equal(
                [
                    "Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)",
                    "Joining → Disconnecting (NoMedia)", "Disconnecting → Disconnected (Disconnected)",
                ],
                alice.HistoryOf(alice.Conversation!.AVModality));
            await alice.Conversation.EndAsync();
        },
        new WorldOptions { Media = new MemoryMediaNetworkOptions { Loss = 1 } });

    [Fact]
    public void The_user_gives_up_while_the_AV_server_is_asked() => World.Tell(async world =>
    {
        var (alice, _) = await InvitationTests.MeetAsync(world);
        using var stop = new CancellationTokenSource();
        var joining = alice.JoinAsync(cancellationToken: stop.Token);
        await world.UntilAsync("alice → server INVITE audio-video");
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);

        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            ["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)"],
            alice.HistoryOf(alice.Conversation!.AVModality));
        Assert.Equal(ConferenceSessionState.Idle, alice.Conversation.ConferenceSession!.State);

        // What was given up can be tried again.
        await alice.JoinAsync();
        Assert.Equal(ConversationState.Active, alice.Conversation.State);
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Theory]
    [InlineData("alice → server INVITE focus")]
    [InlineData("server → alice 200 INVITE focus")]
    [InlineData("alice → server SUBSCRIBE focus conference")]
    [InlineData("server → alice 200 INVITE audio-video")]
    [InlineData("alice → server ACK audio-video")]
    public void The_user_ends_the_conversation_while_joining(string when) => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);
            var joining = alice.JoinAsync();
            await world.UntilAsync(when);

            await alice.Conversation!.EndAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(ConversationState.Terminated, alice.Conversation.State);
            Assert.Equal(ModalityState.Disconnected, alice.Conversation.AVModality.State);
            Assert.Empty(alice.Client.ConversationManager.Conversations);
        },
        new WorldOptions { Media = new MemoryMediaNetworkOptions { Delay = TimeSpan.FromMilliseconds(200) } });
}
