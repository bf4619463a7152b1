using UcSdk.Documents;
using UcSdk.Server;

namespace UcSdk.Conversations.Tests;

/// <summary>Dialogs 2 and 3: the focus, the roster and the A/V server, with audio that is mixed.</summary>
public sealed class JoinTests
{
    private const string C3p = "(application/cccp+xml)";
    private const string Roster = "(application/conference-info+xml)";
    private const string Sdp = "(application/sdp)";

    [Fact]
    public void Bob_accepts_joins_and_leaves_message_by_message() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync();
        bob.Accepts();
        await alice.Invite(bob).Delivery;
        await world.UntilAsync(() => bob.Conversation is { State: ConversationState.Active }, "bob is in");
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [$"bob → server INVITE focus {C3p}", $"server → bob 200 INVITE focus {C3p}", "bob → server ACK focus"],
            world.Wire.Dialog("bob → server INVITE focus", "bob"));
        Assert.Equal(
            [$"bob → server SUBSCRIBE focus conference {Roster}"[..^(Roster.Length + 1)], $"server → bob 200 SUBSCRIBE focus {Roster}", $"server → bob BENOTIFY bob conference {Roster}"],
            world.Wire.Dialog("bob → server SUBSCRIBE focus conference", "bob").Take(3));
        Assert.Equal(
            [$"bob → server INVITE audio-video {Sdp}", $"server → bob 200 INVITE audio-video {Sdp}", "bob → server ACK audio-video"],
            world.Wire.Dialog("bob → server INVITE audio-video", "bob"));

        // The A/V server is asked beside the roster, not after it.
        Assert.Equal(world.Wire.First("bob → server SUBSCRIBE focus conference").Time, world.Wire.First("bob → server INVITE audio-video").Time);
        Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(InvitationOf(alice)));
        Assert.Equal(["Alice", "Bob"], bob.Conversation!.Participants.Select(participant => participant.DisplayName).Order());
        Assert.All(bob.Conversation.Participants.Concat(alice.Conversation!.Participants), person => Assert.Equal(ModalityState.Connected, person.Modalities.AudioVideo));
        Assert.True(alice.Conversation.ConferenceSession!.IsPresenter);
        Assert.False(bob.Conversation.ConferenceSession!.IsPresenter);

        var before = world.Wire.Lines.Count;
        await bob.Conversation.EndAsync();
        Assert.Equal(
            ["bob → server BYE audio-video", "bob → server SUBSCRIBE focus conference", "bob → server BYE focus"],
            world.Wire.Lines.Skip(before).Where(line => line.From == "bob" && line.Text.Split(' ')[0] is "BYE" or "SUBSCRIBE").Select(line => line.ToString()));
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["Alice"], alice.Conversation.Participants.Select(participant => participant.DisplayName));
        await alice.Conversation.EndAsync();

        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.AudioLeft, bob.HistoryOf(bob.Conversation.AVModality));
        Assert.Equal(Lines.SessionLeft, bob.HistoryOf(bob.Conversation.ConferenceSession));
        Assert.Equal(
            ["Inactive → Active (ModalityConnected)", "Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (EndedLocally)", "completed"],
            bob.HistoryOf(bob.Conversation));
        Assert.Equal(Lines.AudioLeft, alice.HistoryOf(alice.Conversation.AVModality));
        Assert.Equal(Lines.SessionLeft, alice.HistoryOf(alice.Conversation.ConferenceSession));
    });

    [Fact]
    public void Three_people_hear_the_exact_sum_of_the_other_two() => World.Tell(ThreePeopleTalk);

    [Fact]
    public void With_their_own_voices_in_the_mix_the_sum_would_not_be_exact() => Seams.AssertNotices(
        ThreePeopleTalk, new WorldOptions { ServerSeams = new ServerSeams { MixesOwnAudio = true } });

    [Fact]
    public void With_another_SRTP_key_in_the_answer_nobody_would_hear_anything() => Seams.AssertNotices(
        ThreePeopleTalk, new WorldOptions { ServerSeams = new ServerSeams { AnswersWithWrongKey = true } });

    [Fact]
    public void With_another_SRTP_key_taken_from_the_answer_nobody_would_hear_anything() => Seams.AssertNotices(
        ThreePeopleTalk, new WorldOptions { ClientSeams = new ClientSeams { WrongSrtpKey = true } });

    [Fact]
    public void Who_comes_late_gets_the_whole_roster_and_then_only_what_changes() => World.Tell(SomebodyComesLate);

    [Fact]
    public void Without_the_merging_of_partial_news_the_roster_would_be_wrong() => Seams.AssertNotices(
        SomebodyComesLate,
        new WorldOptions { ClientSeams = new ClientSeams { MergeRules = ConferenceMergeRules.All & ~ConferenceMergeRules.PartialMerges } });

    [Fact]
    public void Without_the_removal_of_who_left_the_roster_would_be_wrong() => Seams.AssertNotices(
        SomebodyComesLate,
        new WorldOptions { ClientSeams = new ClientSeams { MergeRules = ConferenceMergeRules.All & ~ConferenceMergeRules.DeletedRemoves } });

    [Fact]
    public void A_lost_notification_is_noticed_and_the_roster_asked_for_anew() => World.Tell(ANotificationIsLost);

    [Fact]
    public void Without_the_detection_of_gaps_nobody_would_ask_anew() => Seams.AssertNotices(
        ANotificationIsLost,
        new WorldOptions { ClientSeams = new ClientSeams { MergeRules = ConferenceMergeRules.All & ~ConferenceMergeRules.DetectGaps } });

    [Fact]
    public void A_closed_meeting_is_opened_to_who_is_invited_and_to_nobody_else() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        var bob = await world.SignInAsync("bob");
        var carol = await world.SignInAsync("carol");
        var conversation = await alice.MeetAsync(new MeetNowOptions { AccessType = ConferenceAccessType.Closed });
        var uri = conversation.ConferenceSession!.ConferenceUri;

        // Opening a meeting is a command in its focus, so the inviter must be in it.
        Assert.False(conversation.CanInvoke(ConversationAction.AddParticipant));
        await alice.JoinAsync(audio: false);
        Assert.True(conversation.CanInvoke(ConversationAction.AddParticipant));
        bob.Accepts(audio: false);
        await alice.Invite(bob).Delivery;
        await world.UntilAsync(() => bob.Conversation?.ConferenceSession!.State == ConferenceSessionState.Connected, "bob is in");
        var refused = await Assert.ThrowsAsync<ConferenceFailureException>(() => carol.JoinAsync(uri, audio: false));

        world.Wire.AssertInOrder(
            "alice → server INFO focus", "server → alice 202 INFO focus", "server → alice INFO alice", "alice → server 200 INFO alice",
            "alice → server INVITE bob", "bob → server 200 INVITE bob", "bob → server INVITE focus", "server → bob 200 INVITE focus",
            "carol → server INVITE focus", "server → carol 403 INVITE focus");
        Assert.Equal((ConferenceStage.Focus, 403), (refused.Stage, refused.StatusCode));
        Assert.Equal(3014, refused.Diagnostics!.ErrorId);
        Assert.Equal(["Idle → Connecting (JoinRequested)", "Connecting → Idle (JoinFailed)"], carol.HistoryOf(carol.Conversation!.ConferenceSession!));
        await bob.Conversation!.EndAsync();
        await alice.Conversation!.EndAsync();
        await carol.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void The_inviter_leaves_while_the_invited_joins() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync();
        bob.Accepts();
        await alice.Invite(bob).Delivery;
        await world.UntilAsync("bob → server INVITE focus");
        await alice.Conversation!.EndAsync();
        await world.UntilAsync(() => bob.Conversation is { State: ConversationState.Active }, "bob is in");

        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["Bob"], bob.Conversation!.Participants.Select(participant => participant.DisplayName));
        await bob.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void A_conference_that_everybody_left_can_be_joined_again() => World.Tell(async world =>
    {
        var (alice, _) = await InvitationTests.MeetAsync(world);
        var uri = alice.Conversation!.ConferenceSession!.ConferenceUri;
        await alice.JoinAsync();
        await alice.Conversation.EndAsync();

        await alice.JoinAsync(uri);

        Assert.Equal(ConversationState.Active, alice.Conversation.State);
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    private static async Task ThreePeopleTalk(World world)
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        var uri = alice.Conversation!.ConferenceSession!.ConferenceUri;
        await bob.OpenAsync(uri);
        await carol.OpenAsync(uri);
        foreach (var person in new[] { alice, bob, carol })
        {
            Assert.Null(await Record.ExceptionAsync(() => person.JoinAsync()));
        }

        await world.DelayAsync(TimeSpan.FromSeconds(4));

        Assert.All(world.People, person => Assert.Equal(3, person.Conversation!.Participants.Count));
        Mix.AssertIsExactly(alice.Ear, bob.Voice, carol.Voice);
        Mix.AssertIsExactly(bob.Ear, alice.Voice, carol.Voice);
        Mix.AssertIsExactly(carol.Ear, alice.Voice, bob.Voice);
        foreach (var person in new[] { alice, bob, carol })
        {
            var statistics = await person.Conversation!.AVModality.GetStatisticsAsync();
            Assert.True(statistics!.IsEncrypted);
            Assert.Equal(0, statistics.PacketsLost);
            Assert.Empty(statistics.Dropped);
            await person.Conversation.EndAsync();
        }

        await world.AssertNobodyMeetsAsync();
    }

    private static async Task SomebodyComesLate(World world)
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        var uri = alice.Conversation!.ConferenceSession!.ConferenceUri;
        await alice.JoinAsync(audio: false);
        await bob.JoinAsync(uri, audio: false);
        await world.DelayAsync(TimeSpan.FromMinutes(1));
        await carol.JoinAsync(uri, audio: false);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        // Carol's first document is whole; what the others hear names her alone.
        var whole = world.Wire.First("server → carol 200 SUBSCRIBE focus").Message.BodyText;
        Assert.Contains("sip:alice@", whole, StringComparison.Ordinal);
        Assert.Contains("sip:bob@", whole, StringComparison.Ordinal);
        Assert.Contains("version=\"1\"", whole, StringComparison.Ordinal);
        var news = world.Wire.Lines.Last(line => line is { To: "alice" } && line.Text.StartsWith("BENOTIFY", StringComparison.Ordinal)).Message.BodyText;
        Assert.Contains("state=\"partial\"", news, StringComparison.Ordinal);
        Assert.Contains("sip:carol@", news, StringComparison.Ordinal);
        Assert.DoesNotContain("entity=\"sip:bob@contoso.test\"", news, StringComparison.Ordinal);
        foreach (var person in new[] { alice, bob, carol })
        {
            Assert.Equal(["Alice", "Bob", "Carol"], person.Conversation!.Participants.Select(participant => participant.DisplayName).Order());
            Assert.Equal(["Alice"], person.Conversation.Participants.Where(participant => participant.IsPresenter).Select(participant => participant.DisplayName));
        }

        await bob.Conversation!.EndAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["Alice", "Carol"], alice.Conversation.Participants.Select(participant => participant.DisplayName).Order());
        Assert.Equal(["Alice", "Carol"], carol.Conversation!.Participants.Select(participant => participant.DisplayName).Order());
        await alice.Conversation.EndAsync();
        await carol.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    }

    private static async Task ANotificationIsLost(World world)
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        var uri = alice.Conversation!.ConferenceSession!.ConferenceUri;
        await alice.JoinAsync(audio: false);
        var first = world.Wire.First("alice → server SUBSCRIBE focus conference");
        alice.LineFaults.LosesReceived = text => text.StartsWith("BENOTIFY", StringComparison.Ordinal);
        await bob.JoinAsync(uri, audio: false);
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Single(alice.Conversation.Participants);
        alice.LineFaults.LosesReceived = null;

        await carol.JoinAsync(uri, audio: false);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        // The old subscription is ended, a new one begun; nobody who watches alice's session sees anything of it.
        var second = world.Wire.Lines.LastOrDefault(line => line.ToString() == "alice → server SUBSCRIBE focus conference");
        Assert.NotEqual(first.Message.CallId, second!.Message.CallId);
        Assert.Equal(["Alice", "Bob", "Carol"], alice.Conversation.Participants.Select(participant => participant.DisplayName).Order());
        Assert.Equal(Lines.SessionUp, alice.HistoryOf(alice.Conversation.ConferenceSession));
        foreach (var person in new[] { alice, bob, carol })
        {
            await person.Conversation!.EndAsync();
        }

        await world.AssertNobodyMeetsAsync();
    }

    private static ConferenceInvitation InvitationOf(Person person) => person.Sent.Single();
}
