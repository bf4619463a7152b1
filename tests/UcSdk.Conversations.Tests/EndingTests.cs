using UcSdk.Media;

namespace UcSdk.Conversations.Tests;

/// <summary>How meetings, memberships and calls end, whoever ends them.</summary>
public sealed class EndingTests
{
    [Fact]
    public void A_presenter_ends_the_meeting_for_everybody() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);
        var session = alice.Conversation!.ConferenceSession!;

        await session.EndMeetingAsync();
        await world.AssertNobodyMeetsAsync();

        world.Wire.AssertInOrder("alice → server INFO focus (application/cccp+xml)", "server → alice 202 INFO focus", "server → alice INFO alice");
        Assert.True(world.Wire.Has("server → bob BYE bob"));
        foreach (var person in new[] { alice, bob })
        {
            var conversation = person.Conversation!;
            Assert.Equal(
                [.. Lines.SessionUp, "Connected → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"],
                person.HistoryOf(conversation.ConferenceSession!));
            Assert.Equal(ModalityState.Disconnected, conversation.AVModality.State);
            Assert.Equal(
                ["Inactive → Active (ModalityConnected)", "Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (EndedRemotely)", "completed"],
                person.HistoryOf(conversation));
        }

        // The conference is gone, not just empty.
        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => bob.JoinAsync(session.ConferenceUri));
        Assert.Equal(404, failure.StatusCode);
    });

    [Fact]
    public void An_attendee_may_not_end_the_meeting() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => bob.Conversation!.ConferenceSession!.EndMeetingAsync());

        Assert.Equal((ConferenceStage.Command, 403), (failure.Stage, failure.StatusCode));
        Assert.Equal(3014, failure.Diagnostics!.ErrorId);
        Assert.Equal(ConferenceSessionState.Connected, bob.Conversation!.ConferenceSession!.State);
        await bob.Conversation.EndAsync();
        await alice.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void A_presenter_removes_somebody() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);
        var presenter = await Presenter.JoinAsync(world, "alice", alice.Conversation!.ConferenceSession!.ConferenceUri);

        await presenter.EjectAsync(bob);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Alice"], alice.Conversation.Participants.Select(participant => participant.DisplayName));
        Assert.Equal(
            [.. Lines.SessionUp, "Connected → Disconnecting (Ejected)", "Disconnecting → Disconnected (Disconnected)", "completed"],
            bob.HistoryOf(bob.Conversation!.ConferenceSession!));
        Assert.Equal("Inactive → Terminated (EndedRemotely)", bob.HistoryOf(bob.Conversation)[^2]);
        Assert.Equal([.. Lines.AudioUp, "Connected → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"], bob.HistoryOf(bob.Conversation.AVModality));
        await presenter.LeaveAsync();
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void Who_is_removed_and_hears_only_the_BYE_is_out_as_well() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);
        var presenter = await Presenter.JoinAsync(world, "alice", alice.Conversation!.ConferenceSession!.ConferenceUri);
        bob.LineFaults.LosesReceived = text => text.StartsWith("BENOTIFY", StringComparison.Ordinal);

        await presenter.EjectAsync(bob);
        await presenter.LeaveAsync();
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();

        Assert.Equal(
            [.. Lines.SessionUp, "Connected → Disconnecting (EndedByFocus)", "Disconnecting → Disconnected (Disconnected)", "completed"],
            bob.HistoryOf(bob.Conversation!.ConferenceSession!));
        Assert.Equal("Inactive → Terminated (EndedRemotely)", bob.HistoryOf(bob.Conversation)[^2]);
    });

    [Fact]
    public void The_server_stops_in_order() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        await world.Server.DisposeAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(40));

        foreach (var person in new[] { alice, bob })
        {
            Assert.Contains("Connected → Disconnecting (ConferenceEnded)", person.HistoryOf(person.Conversation!.ConferenceSession!));
            Assert.Contains("SignedIn → SigningIn (ConnectionLost)", person.HistoryOf(person.Client));
        }
    });

    [Fact]
    public void Audio_is_disconnected_and_connected_again_without_leaving() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        await bob.Conversation!.AVModality.DisconnectAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(ModalityState.Disconnected, alice.Conversation!.Participants.Single(p => !p.IsSelf).Modalities.AudioVideo);
        await bob.Conversation.AVModality.ConnectAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(ModalityState.Connected, alice.Conversation.Participants.Single(p => !p.IsSelf).Modalities.AudioVideo);

        await bob.Conversation.EndAsync();
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            [.. Lines.AudioUp, "Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)", .. Lines.AudioLeft],
            bob.HistoryOf(bob.Conversation.AVModality));
        Assert.Equal(Lines.SessionLeft, bob.HistoryOf(bob.Conversation.ConferenceSession!));
    });

    [Fact]
    public void The_AV_server_falls_silent() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        bob.MediaFaults.IsDeaf = true;
        await world.UntilAsync(() => bob.Conversation!.AVModality.State == ModalityState.Disconnected, "bob hangs up");

        Assert.Equal([.. Lines.AudioUp, "Connected → Disconnecting (MediaLost)", "Disconnecting → Disconnected (Disconnected)"], bob.HistoryOf(bob.Conversation!.AVModality));
        Assert.Equal((ConversationState.Inactive, ConferenceSessionState.Connected), (bob.Conversation.State, bob.Conversation.ConferenceSession!.State));
        bob.MediaFaults.IsDeaf = false;
        await bob.Conversation.AVModality.ConnectAsync();
        Assert.Equal(ConversationState.Active, bob.Conversation.State);
        await bob.Conversation.EndAsync();
        await alice.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void The_AV_server_hears_nothing_and_hangs_up() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        bob.MediaFaults.IsMute = true;
        await world.UntilAsync(() => bob.Conversation!.AVModality.State == ModalityState.Disconnected, "the server hangs up");

        Assert.Equal([.. Lines.AudioUp, "Connected → Disconnected (RemoteDisconnected)"], bob.HistoryOf(bob.Conversation!.AVModality));
        Assert.Equal(ConferenceSessionState.Connected, bob.Conversation.ConferenceSession!.State);
        await bob.Conversation.EndAsync();
        await alice.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void The_AV_server_hangs_up_before_any_media_came() => World.Tell(
        async world =>
        {
            var (alice, _) = await InvitationTests.MeetAsync(world);

            var failure = await Record.ExceptionAsync(() => alice.JoinAsync());

            Assert.NotNull(failure);
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(
                ["Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)", "Joining → Disconnected (RemoteDisconnected)"],
                alice.HistoryOf(alice.Conversation!.AVModality));
        },
        new WorldOptions { Media = new MemoryMediaNetworkOptions { Loss = 1 }, Client = options => options with { MediaTimeout = TimeSpan.FromMinutes(2) } });

    [Fact]
    public void The_meeting_ends_while_audio_is_dialled() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync(audio: false);
        await bob.JoinAsync(alice.Conversation!.ConferenceSession!.ConferenceUri, audio: false);
        bob.LineFaults.LosesSent = text => text.StartsWith("INVITE audio-video", StringComparison.Ordinal);
        var dialling = world.Begin(bob.Conversation!.AVModality.ConnectAsync());
        await world.DelayAsync(TimeSpan.FromSeconds(2));

        await alice.Conversation.ConferenceSession.EndMeetingAsync();

        Assert.NotNull(await dialling);
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            ["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"],
            bob.HistoryOf(bob.Conversation!.AVModality));
    });

    [Fact]
    public void The_meeting_ends_while_media_is_awaited() => World.Tell(
        async world =>
        {
            var (alice, bob) = await InvitationTests.MeetAsync(world);
            await alice.JoinAsync(audio: false);
            await bob.JoinAsync(alice.Conversation!.ConferenceSession!.ConferenceUri, audio: false);
            var dialling = world.Begin(bob.Conversation!.AVModality.ConnectAsync());
            await world.DelayAsync(TimeSpan.FromSeconds(2));

            await alice.Conversation.ConferenceSession.EndMeetingAsync();

            Assert.NotNull(await dialling);
            await world.AssertNobodyMeetsAsync();
            Assert.Equal(
                [
                    "Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)",
                    "Joining → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed",
                ],
                bob.HistoryOf(bob.Conversation!.AVModality));
        },
        new WorldOptions { Media = new MemoryMediaNetworkOptions { Loss = 1 } });

    [Fact]
    public void The_connection_breaks_while_audio_is_dialled() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await bob.JoinAsync(alice.Conversation!.ConferenceSession!.ConferenceUri, audio: false);
        bob.LineFaults.LosesSent = text => text.StartsWith("INVITE audio-video", StringComparison.Ordinal);
        var dialling = world.Begin(bob.Conversation!.AVModality.ConnectAsync());
        await world.DelayAsync(TimeSpan.FromSeconds(2));

        world.Network.CutHost("bob");

        Assert.NotNull(await dialling);
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(["Disconnected → Connecting (ConnectRequested)", "Connecting → Disconnected (ConnectionLost)", "completed"], bob.HistoryOf(bob.Conversation.AVModality));
    });

    [Fact]
    public void The_connection_breaks_while_audio_is_being_disconnected() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);
        var disconnecting = bob.Conversation!.AVModality.DisconnectAsync();
        await world.UntilAsync("bob → server BYE audio-video");

        world.Network.CutHost("bob");
        await disconnecting;

        await alice.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
        Assert.Equal([.. Lines.AudioUp, "Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (ConnectionLost)", "completed"], bob.HistoryOf(bob.Conversation.AVModality));
    });

    [Fact]
    public void Signing_out_leaves_everything_in_order() => World.Tell(async world =>
    {
        var (alice, bob) = await JoinBothAsync(world);

        await bob.Client.SignOutAsync();

        world.Wire.AssertInOrder("bob → server BYE audio-video", "bob → server SUBSCRIBE focus conference", "bob → server BYE focus", "bob → server REGISTER bob registration");
        Assert.Equal(Lines.SessionLeft, bob.HistoryOf(bob.Conversation!.ConferenceSession!));
        await alice.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    private static async Task<(Person Alice, Person Bob)> JoinBothAsync(World world)
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync();
        await bob.JoinAsync(alice.Conversation!.ConferenceSession!.ConferenceUri);
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        return (alice, bob);
    }
}
