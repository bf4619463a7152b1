namespace UcSdk.Conversations.Tests;

/// <summary>Bob is signed in at two machines, and nobody says at which he is to be reached ("delayed accept").</summary>
public sealed class SeveralEndpointsTests
{
    private static readonly WorldOptions WithPresence = new() { HasPresence = true };

    [Fact]
    public void Where_bob_does_nothing_the_endpoint_answers_that_he_uses_most_and_the_other_is_told_so() => World.Tell(
        async world =>
        {
            var (alice, desk, phone) = await MeetAsync(world);
            var (atAlice, atDesk, atPhone) = (new Chat(), new Chat(), new Chat());
            var (changes, _) = (Answers(phone, atPhone), Answers(desk, atDesk));
            await atAlice.BeginAsync(alice, desk);

            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(9.9));
            Assert.False(sending.IsCompleted);
            await world.DelayAsync(TimeSpan.FromSeconds(0.3));

            Assert.True(sending.IsCompleted && (await sending).IsDelivered);
            await world.UntilAsync(() => changes.Count == 1, "the phone is told");
            Assert.Equal((ModalityStateChangeReason.AnsweredElsewhere, "sip:bob@contoso.test"), (changes[0].Reason, changes[0].AcceptedBy));
            Assert.Equal(["alice: Hello"], atDesk.Shown);
            Assert.Empty(atPhone.Shown);
            Assert.Empty(phone.Client.ConversationManager.Conversations);
            Assert.True((await atDesk.Messages.SendMessageAsync("Hi")).IsDelivered);
        },
        WithPresence);

    [Fact]
    public void Where_bob_accepts_at_the_other_machine_he_talks_there() => World.Tell(
        async world =>
        {
            var (alice, desk, phone) = await MeetAsync(world);
            var (atAlice, atDesk, atPhone) = (new Chat(), new Chat(), new Chat());
            var changes = Answers(desk, atDesk);
            Answers(phone, atPhone);
            await atAlice.BeginAsync(alice, desk);

            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(4));
            await atPhone.Messages.AcceptAsync();

            Assert.True((await sending).IsDelivered);
            await world.UntilAsync(() => changes.Count == 1, "the desk is told");
            Assert.Equal(ModalityStateChangeReason.AnsweredElsewhere, changes[0].Reason);
            Assert.Equal(["alice: Hello"], atPhone.Shown);
            await world.DelayAsync(TimeSpan.FromSeconds(30));
            Assert.Empty(atDesk.Shown);
        },
        WithPresence);

    [Fact]
    public void Where_the_endpoint_whose_turn_it_is_does_not_accept_the_next_one_does_ten_seconds_later() => World.Tell(
        async world =>
        {
            var (alice, desk, phone) = await MeetAsync(world);
            var (atAlice, atPhone) = (new Chat(), new Chat());
            Answers(phone, atPhone);
            desk.Client.ConversationManager.ModalityInvitationHandler = async (_, withdrawn) =>
            {
                var end = new TaskCompletionSource();
                using var registration = withdrawn.Register(() => end.TrySetResult());
                await end.Task;
            };
            await atAlice.BeginAsync(alice, desk);

            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(19.9));
            Assert.False(sending.IsCompleted);
            await world.DelayAsync(TimeSpan.FromSeconds(0.3));

            Assert.True(sending.IsCompleted && (await sending).IsDelivered);
            Assert.Equal(["alice: Hello"], atPhone.Shown);
        },
        WithPresence);

    [Fact]
    public void Where_nobody_is_to_wait_the_most_used_endpoint_accepts_at_once() => World.Tell(
        async world =>
        {
            var (alice, desk, phone) = await MeetAsync(world);
            var (atAlice, atDesk, atPhone) = (new Chat(), new Chat(), new Chat());
            Answers(desk, atDesk);
            Answers(phone, atPhone);
            await atAlice.BeginAsync(alice, desk);

            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(0.3));

            Assert.True(sending.IsCompleted && (await sending).IsDelivered);
            Assert.Equal(["alice: Hello"], atDesk.Shown);
        },
        WithPresence with { Client = options => options with { AcceptDelay = TimeSpan.Zero } });

    [Fact]
    public void Where_both_machines_accept_at_the_same_moment_one_of_them_has_the_conversation_and_the_other_is_told_so() => World.Tell(
        async world =>
        {
            var (alice, desk, phone) = await MeetAsync(world);
            var (atAlice, atDesk, atPhone) = (new Chat(), new Chat(), new Chat());
            var ends = Answers(desk, atDesk).Concat(Answers(phone, atPhone));
            await atAlice.BeginAsync(alice, desk);
            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(2));

            await Task.WhenAll(world.Begin(atDesk.Messages.AcceptAsync()), world.Begin(atPhone.Messages.AcceptAsync()));

            Assert.True((await sending).IsDelivered);
            await world.UntilAsync(() => ends.Any(), "one of them is told");
            Assert.Equal("Connected → Disconnected (AnsweredElsewhere)", $"{Assert.Single(ends)}");
            Assert.True((await atAlice.Messages.SendMessageAsync("Where are you?")).IsDelivered);
            await world.DelayAsync(TimeSpan.FromSeconds(1));
            // The first message was taken at both, in that one moment; what follows is at one.
            Assert.Equal([1, 2], new[] { atDesk.Shown.Count, atPhone.Shown.Count }.Order());
        },
        WithPresence);

    [Fact]
    public void Bobs_only_endpoint_accepts_at_once() => World.Tell(
        async world =>
        {
            var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
            await world.DelayAsync(TimeSpan.FromSeconds(5));
            var (atAlice, atBob) = (new Chat(), new Chat());
            Answers(bob, atBob);
            await atAlice.BeginAsync(alice, bob);

            var sending = atAlice.Messages.SendMessageAsync("Hello");
            await world.DelayAsync(TimeSpan.FromSeconds(0.3));

            Assert.True(sending.IsCompleted && (await sending).IsDelivered);
        },
        WithPresence);

    // Bob sits at his desk; the phone has not been touched for ten minutes.
    private static async Task<(Person Alice, Person Desk, Person Phone)> MeetAsync(World world)
    {
        var alice = await world.SignInAsync("alice");
        var (phone, desk) = (await world.SignInAsync("bob", "phone"), await world.SignInAsync("bob", "desk"));
        await phone.Client.Self!.ReportActivityAsync();
        await world.DelayAsync(TimeSpan.FromMinutes(10));
        Assert.True(
             new[] { phone, desk }.All(machine => machine.Client.Self!.Presence.Endpoints.Count == 2
                && machine.Client.Self!.Presence.Endpoints.Count(endpoint => endpoint.Availability == ContactAvailability.FreeIdle) == 1),
            "the phone is idle, and both machines know");
        return (alice, desk, phone);
    }

    private static List<ModalityStateChange> Answers(Person machine, Chat chat)
    {
        var ends = new List<ModalityStateChange>();
        machine.Client.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            chat.Observe(modality.Conversation);
            modality.StateChanges.Subscribe(change =>
            {
                if (change.Current == ModalityState.Disconnected)
                {
                    ends.Add(change);
                }
            });
            return ((InstantMessageModality)modality).AcceptInTurnAsync(token);
        };
        return ends;
    }
}
