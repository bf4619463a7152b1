namespace UcSdk.Conversations.Tests;

/// <summary>Two people write to each other through the embedded server.</summary>
public sealed class InstantMessageTests
{
    [Fact]
    public void Alice_and_bob_talk_both_ways_in_one_session() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (atAlice, atBob) = (new Chat(), new Chat());
        atBob.Answers(bob);
        var conversation = await atAlice.BeginAsync(alice, bob);

        Assert.True((await atAlice.Messages.SendMessageAsync("Hello")).IsDelivered);
        await world.UntilAsync(() => atBob.Shown.Count == 1, "bob sees it");
        Assert.True((await atBob.Messages.SendMessageAsync(new InstantMessageContent("Hi", html: "<b>Hi</b>"))).IsDelivered);
        for (var number = 0; number < 30; number++)
        {
            _ = world.Begin(atAlice.Messages.SendMessageAsync($"a{number}"));
            _ = world.Begin(atBob.Messages.SendMessageAsync($"b{number}"));
        }

        await world.UntilAsync(() => atAlice.Shown.Count == 62 && atBob.Shown.Count == 62, "everything is shown");
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"bob: b{number}").Prepend("bob: Hi"), atAlice.Shown.Where(line => line.StartsWith("bob", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"alice: a{number}").Prepend("alice: Hello"), atBob.Shown.Where(line => line.StartsWith("alice", StringComparison.Ordinal)));
        Assert.Equal(conversation.Id, atBob.Conversation.Id);
        Assert.Equal("<b>Hi</b>", atAlice.Html);
        Assert.Equal(1, world.Wire.Lines.Count(line => $"{line}".Contains("alice → server INVITE bob", StringComparison.Ordinal)));

        await atAlice.Messages.SetComposingAsync(true);
        await world.UntilAsync(() => atBob.Messages.TypingParticipants.Count == 1, "bob sees her type");
        await conversation.EndAsync();
        await world.UntilAsync(() => atBob.Messages.State == ModalityState.Disconnected, "bob sees the end");
        Assert.Empty(atBob.Messages.TypingParticipants);
    });

    [Fact]
    public void Bob_is_not_there_or_declines_and_alice_is_told() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var chat = new Chat();
        await chat.BeginAsync(alice, bob);
        Assert.Equal((DeliveryOutcome.Failed, 480), Outcome(await chat.Messages.SendMessageAsync("Nobody decides")));
        bob.Client.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.RejectAsync(ModalityDisconnectReason.DeclineEverywhere, token);
        Assert.Equal((DeliveryOutcome.Failed, 603), Outcome(await chat.Messages.SendMessageAsync("You decline")));
        await bob.Client.SignOutAsync();
        Assert.Equal((DeliveryOutcome.Failed, 480), Outcome(await chat.Messages.SendMessageAsync("You are gone")));
    });

    [Fact]
    public void Of_two_endpoints_of_bob_the_one_that_accepts_has_the_conversation() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        var (desk, phone) = (await world.SignInAsync("bob", "desk"), await world.SignInAsync("bob", "phone"));
        var (atDesk, atAlice) = (new Chat(), new Chat());
        var isWithdrawn = false;
        phone.Client.ConversationManager.ModalityInvitationHandler = async (_, withdrawn) =>
        {
            var end = new TaskCompletionSource();
            using var registration = withdrawn.Register(() => end.TrySetResult());
            await end.Task;
            isWithdrawn = true;
        };
        desk.Client.ConversationManager.ModalityInvitationHandler = async (modality, token) =>
        {
            atDesk.Observe(modality.Conversation);
            await world.DelayAsync(TimeSpan.FromSeconds(5));
            await modality.AcceptAsync(token);
        };
        await atAlice.BeginAsync(alice, desk);

        Assert.True((await atAlice.Messages.SendMessageAsync("Hello")).IsDelivered);
        await world.UntilAsync(() => isWithdrawn, "the phone is told");

        Assert.Equal(["alice: Hello"], atDesk.Shown);
        Assert.Empty(phone.Client.ConversationManager.Conversations);
        Assert.True((await atDesk.Messages.SendMessageAsync("Hi")).IsDelivered);
    });

    [Fact]
    public void Both_write_first_at_the_same_moment_and_neither_sees_anything_twice() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (atAlice, atBob) = (new Chat(), new Chat());
        await atAlice.BeginAsync(alice, bob);
        await atBob.BeginAsync(bob, alice);

        var deliveries = await Task.WhenAll(atAlice.Messages.SendMessageAsync("from alice"), atBob.Messages.SendMessageAsync("from bob"));
        await world.DelayAsync(TimeSpan.FromSeconds(5));

        Assert.All(deliveries, delivery => Assert.True(delivery.IsDelivered));
        Assert.Equal(["alice: from alice", "bob: from bob"], atAlice.Shown.Order());
        Assert.Equal(["alice: from alice", "bob: from bob"], atBob.Shown.Order());
        Assert.True((await atAlice.Messages.SendMessageAsync("again")).IsDelivered);
        Assert.True((await atBob.Messages.SendMessageAsync("and again")).IsDelivered);
        Assert.Single(alice.Client.ConversationManager.Conversations);
        Assert.Single(bob.Client.ConversationManager.Conversations);
    });

    [Fact]
    public void Bob_loses_his_connection_and_the_conversation_goes_on_when_he_is_back() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (atAlice, atBob) = (new Chat(), new Chat());
        atBob.Answers(bob);
        await atAlice.BeginAsync(alice, bob);
        await atAlice.Messages.SendMessageAsync("1");

        world.Network.CutHost("bob");
        await bob.Client.WaitForStateAsync(ClientState.SigningIn);
        await bob.Client.WaitForStateAsync(ClientState.SignedIn);
        await world.UntilAsync(() => atAlice.Messages.CanInvoke(ModalityAction.SendInstantMessage), "alice may write");

        Assert.True((await atAlice.Messages.SendMessageAsync("2")).IsDelivered);
        Assert.True((await atBob.Messages.SendMessageAsync("3")).IsDelivered);
        Assert.Equal(["alice: 1", "alice: 2", "bob: 3"], atBob.Shown);
        Assert.Single(bob.Client.ConversationManager.Conversations);
    });

    private static (DeliveryOutcome Outcome, int Status) Outcome(MessageDelivery delivery) => (delivery.Recipients.Single().Outcome, delivery.Recipients.Single().StatusCode);
}
