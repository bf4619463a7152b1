namespace UcSdk.Conversations.Tests;

/// <summary>Conversations by whom they are with, and all their messages in one stream.</summary>
public sealed class BeginConversationTests
{
    [Fact]
    public void There_is_one_conversation_with_somebody_until_it_ends_or_becomes_a_conference() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        BotListings.LetIn(bob.Client);
        BotListings.LetIn(carol.Client);
        var manager = alice.Client.ConversationManager;
        var begun = await Task.WhenAll(manager.BeginConversationAsync(bob.Address), manager.BeginConversationAsync("BOB@Contoso.test"), manager.BeginConversationAsync(carol.Address));

        Assert.Same(begun[0], begun[1]);
        Assert.NotSame(begun[0], begun[2]);
        Assert.Empty(bob.Client.ConversationManager.Conversations);
        await begun[0].InstantMessageModality.SendMessageAsync("Hello");
        var atBob = Assert.Single(bob.Client.ConversationManager.Conversations);
        Assert.Same(atBob, await bob.Client.ConversationManager.BeginConversationAsync(alice.Address));

        await begun[2].EndAsync();
        Assert.NotSame(begun[2], await manager.BeginConversationAsync(carol.Address));
        await begun[0].AddParticipantAsync(carol.Address);
        Assert.NotSame(begun[0], await manager.BeginConversationAsync(bob.Address));
    });

    [Fact]
    public void One_that_the_user_was_only_invited_to_is_not_given() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var decision = new TaskCompletionSource();
        bob.Client.ConversationManager.ModalityInvitationHandler = (_, _) => decision.Task;
        var sending = (await alice.Client.ConversationManager.BeginConversationAsync(bob.Address)).InstantMessageModality.SendMessageAsync("Hello");
        await world.UntilAsync(() => bob.Client.ConversationManager.Conversations.Count == 1, "bob is invited");

        Assert.NotSame(bob.Client.ConversationManager.Conversations[0], await bob.Client.ConversationManager.BeginConversationAsync(alice.Address));
        decision.SetResult();
        Assert.False((await sending).IsDelivered);
    });

    [Fact]
    public void What_is_no_conversation_is_refused() => World.Tell(async world =>
    {
        var alice = world.Introduce("alice");
        var manager = alice.Client.ConversationManager;
        await Assert.ThrowsAsync<NotSignedInException>(() => manager.BeginConversationAsync("sip:bob@contoso.test"));
        await alice.Client.SignInAsync(alice.Address);
        foreach (var address in new[] { "tel:+1", " ", alice.Address, "@" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => manager.BeginConversationAsync(address));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => manager.BeginConversationAsync("sip:bob@contoso.test", new CancellationToken(canceled: true)));
        Assert.Empty(manager.Conversations);
    });

    [Fact]
    public void The_messages_of_all_conversations_are_seen_from_the_first_to_the_clients_end() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        BotListings.LetIn(bob.Client);
        var seen = new List<string>();
        bob.Client.ConversationManager.Messages.Subscribe(new History<InstantMessage>(seen));
        var spoken = new List<(string, Conversation)>();
        bob.Client.ConversationManager.Messages.Subscribe(message => spoken.Add(($"{message.Sender.Uri[4]} {message.Text}", message.Conversation)));

        await (await alice.Client.ConversationManager.BeginConversationAsync(bob.Address)).InstantMessageModality.SendMessageAsync("one");
        await (await carol.Client.ConversationManager.BeginConversationAsync(bob.Address)).InstantMessageModality.SendMessageAsync("two");
        var toAlice = await bob.Client.ConversationManager.BeginConversationAsync(alice.Address);
        await toAlice.InstantMessageModality.SendMessageAsync("three");

        Assert.Equal(["a one", "c two", "b three"], spoken.Select(message => message.Item1));
        Assert.Same(toAlice, spoken[0].Item2);
        Assert.NotSame(spoken[0].Item2, spoken[1].Item2);
        await bob.Client.DisposeAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("completed", seen[^1]);
    });
}
