namespace UcSdk.Conversations.Tests;

/// <summary>Dialog 1: alice invites bob to a conference that she need not be in herself.</summary>
public sealed class InvitationTests
{
    private const string Invite = "INVITE bob (application/ms-conf-invite+xml)";
    private static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void Bob_accepts_and_the_inviter_says_goodbye_at_once() => World.Tell(InvitationIsAcceptedAndEndedByTheInviter);

    [Fact]
    public void Without_the_BYE_of_the_inviter_the_accepted_invitation_would_look_different() => Seams.AssertNotices(
        InvitationIsAcceptedAndEndedByTheInviter,
        new WorldOptions { ClientSeams = new ClientSeams { KeepInvitationDialog = true } });

    [Fact]
    public void Bob_declines() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.Declines();

        var (invitation, delivery) = alice.Invite(bob);
        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => delivery);

        Assert.Equal((603, true), (failure.StatusCode, failure.IsDeclined));
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            [$"alice → server {Invite}", "server → alice 180 INVITE bob", "server → alice 603 INVITE bob", "alice → server ACK bob"],
            world.Wire.Dialog("alice → server INVITE bob", "alice"));
        Assert.Equal(
            [$"server → bob {Invite}", "bob → server 180 INVITE bob", "bob → server 603 INVITE bob", "server → bob ACK bob"],
            world.Wire.Dialog("server → bob INVITE bob", "bob"));
        Assert.Equal(Lines.InvitationFailedAfterRinging, alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations.Single()));
        Assert.Equal(["Inactive → Terminated (EndedLocally)", "completed"], bob.HistoryOf(bob.Conversation!));
        Assert.Equal(ConversationState.Inactive, alice.Conversation!.State);
    });

    [Theory]
    [InlineData(ConferenceInvitationDeclineReason.Busy, 486)]
    [InlineData(ConferenceInvitationDeclineReason.Unavailable, 480)]
    public void Bob_declines_in_other_words(ConferenceInvitationDeclineReason reason, int status) => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.Declines(reason);

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery);

        Assert.Equal((status, false), (failure.StatusCode, failure.IsDeclined));
    });

    [Fact]
    public void Nobody_answers_and_the_inviter_takes_it_back_at_the_very_tick() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.LetsItRing();

        var (invitation, delivery) = alice.Invite(bob, ringTimeout: TimeSpan.FromSeconds(20));
        await world.UntilAsync("alice → server INVITE bob");
        var sent = world.Wire.First("alice → server INVITE bob");
        await world.DelayAsync(sent, TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.False(world.Wire.Has("alice → server CANCEL bob"));
        Assert.False(delivery.IsCompleted);
        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => delivery);

        Assert.Equal(sent.Time + TimeSpan.FromSeconds(20), world.Wire.First("alice → server CANCEL bob").Time);
        Assert.Equal((408, false), (failure.StatusCode, failure.IsDeclined));
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            [
                $"alice → server {Invite}", "server → alice 180 INVITE bob", "alice → server CANCEL bob", "server → alice 200 CANCEL bob",
                "server → alice 487 INVITE bob", "alice → server ACK bob",
            ],
            world.Wire.Dialog("alice → server INVITE bob", "alice"));
        Assert.Equal(
            [
                $"server → bob {Invite}", "bob → server 180 INVITE bob", "server → bob CANCEL bob", "bob → server 200 CANCEL bob",
                "bob → server 487 INVITE bob", "server → bob ACK bob",
            ],
            world.Wire.Dialog("server → bob INVITE bob", "bob").Order(ByTime(world)));
        Assert.Equal(Lines.InvitationFailedAfterRinging, alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedThere, bob.HistoryOf(bob.Invitations.Single()));
    });

    [Fact]
    public void The_inviter_changes_her_mind() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.LetsItRing();
        using var stop = new CancellationTokenSource();

        var (invitation, delivery) = alice.Invite(bob, cancellationToken: stop.Token);
        await world.UntilAsync("server → alice 180 INVITE bob");
        await world.DelayAsync(TimeSpan.FromSeconds(3));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);

        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.InvitationTakenBack, alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedThere, bob.HistoryOf(bob.Invitations.Single()));
        world.Wire.AssertInOrder("alice → server CANCEL bob", "server → bob CANCEL bob", "bob → server 487 INVITE bob", "server → alice 487 INVITE bob");
    });

    [Fact]
    public void The_inviter_ends_the_conversation_while_it_rings() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.LetsItRing();

        var (invitation, delivery) = alice.Invite(bob);
        await world.UntilAsync("server → alice 180 INVITE bob");
        await world.DelayAsync(TimeSpan.FromSeconds(3));
        await alice.Conversation!.EndAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.InvitationTakenBack, alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedThere, bob.HistoryOf(bob.Invitations.Single()));
        Assert.Equal(["Inactive → Terminated (EndedLocally)", "completed"], alice.HistoryOf(alice.Conversation));
    });

    [Fact]
    public void An_inviter_that_never_says_goodbye_is_said_goodbye_to_after_32_seconds() => World.Tell(
        async world =>
        {
            var (alice, bob) = await MeetAsync(world);
            bob.Accepts(joins: false);

            var (invitation, delivery) = alice.Invite(bob);
            await delivery;
            await world.UntilAsync("server → bob ACK bob");
            var acknowledged = world.Wire.First("server → bob ACK bob").Time + Hop;
            await world.AssertNobodyMeetsAsync();

            Assert.Equal(acknowledged + TimeSpan.FromSeconds(32), world.Wire.First("bob → server BYE alice").Time);
            Assert.False(world.Wire.Has("alice → server BYE bob"));
            Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(invitation));
            Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations.Single()));
        },
        new WorldOptions { ClientSeams = new ClientSeams { KeepInvitationDialog = true } });

    [Fact]
    public void Bob_is_not_signed_in() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        var bob = world.Introduce("bob");
        await alice.MeetAsync();

        var (invitation, delivery) = alice.Invite(bob);
        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => delivery);

        Assert.Equal((480, false), (failure.StatusCode, failure.IsDeclined));
        Assert.NotNull(failure.Diagnostics);
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(
            [$"alice → server {Invite}", "server → alice 480 INVITE bob", "alice → server ACK bob"],
            world.Wire.Dialog("alice → server INVITE bob", "alice"));
        Assert.Equal(Lines.InvitationFailedAtOnce, alice.HistoryOf(invitation));
    });

    [Fact]
    public void There_is_no_such_person() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        await alice.MeetAsync();

        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(world.Introduce("zoe")).Delivery);

        Assert.Equal(404, failure.StatusCode);
    });

    [Fact]
    public void Without_a_handler_the_caller_gets_480_at_once_and_nothing_rings() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);

        var (invitation, delivery) = alice.Invite(bob);
        var failure = await Assert.ThrowsAsync<FailureResponseException>(() => delivery);

        Assert.Equal(480, failure.StatusCode);
        Assert.Equal(
            [$"server → bob {Invite}", "bob → server 480 INVITE bob", "server → bob ACK bob"],
            world.Wire.Dialog("server → bob INVITE bob", "bob"));
        Assert.Equal(world.Wire.First("server → bob INVITE bob").Time + Hop, world.Wire.First("bob → server 480 INVITE bob").Time);
        Assert.Empty(bob.Client.ConversationManager.Conversations);
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.InvitationFailedAtOnce, alice.HistoryOf(invitation));
    });

    [Fact]
    public void A_handler_that_decides_nothing_or_fails_leaves_480() => World.Tell(async world =>
    {
        var (alice, bob) = await MeetAsync(world);
        bob.AnswersWith((_, _) => Task.CompletedTask);
        Assert.Equal(480, (await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery)).StatusCode);

        bob.AnswersWith((_, _) => throw new InvalidOperationException("The bot has a bug."));
        Assert.Equal(480, (await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery)).StatusCode);

        await world.AssertNobodyMeetsAsync();
    });

    internal static async Task<(Person Alice, Person Bob)> MeetAsync(World world)
    {
        var alice = await world.SignInAsync("alice");
        var bob = await world.SignInAsync("bob");
        await alice.MeetAsync();
        return (alice, bob);
    }

    private static async Task InvitationIsAcceptedAndEndedByTheInviter(World world)
    {
        var (alice, bob) = await MeetAsync(world);
        bob.Accepts(joins: false);

        var (invitation, delivery) = alice.Invite(bob);
        await delivery;
        await world.AssertNobodyMeetsAsync();

        Assert.Equal(
            [
                $"alice → server {Invite}", "server → alice 180 INVITE bob", "server → alice 200 INVITE bob", "alice → server ACK bob",
                "alice → server BYE bob", "server → alice 200 BYE bob",
            ],
            world.Wire.Dialog("alice → server INVITE bob", "alice"));
        Assert.Equal(
            [
                $"server → bob {Invite}", "bob → server 180 INVITE bob", "bob → server 200 INVITE bob", "server → bob ACK bob",
                "server → bob BYE bob", "bob → server 200 BYE bob",
            ],
            world.Wire.Dialog("server → bob INVITE bob", "bob"));
        Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations.Single()));
        Assert.Equal(alice.Conversation!.ConferenceSession!.ConferenceUri, bob.Invitations.Single().ConferenceUri);
        Assert.Equal(alice.Conversation.Id, bob.Conversation!.Id);
    }

    // What two hosts say at one moment may stand in either order in the transcript: the 200 to a CANCEL and the 487 to its INVITE do.
    private static Comparer<string> ByTime(World world) => Comparer<string>.Create((left, right) =>
        world.Wire.First(left).Time != world.Wire.First(right).Time ? world.Wire.First(left).Time.CompareTo(world.Wire.First(right).Time)
        : string.CompareOrdinal(left, right));
}
