namespace UcSdk.Conversations.Tests;

/// <summary>Several people write to each other through the IM MCU of the embedded server, and two become three.</summary>
public sealed class GroupMessageTests
{
    private static readonly JoinOptions ChatOnly = new() { Audio = false, InstantMessages = true };

    [Fact]
    public void What_one_says_everybody_sees_in_order_and_its_sender_hears_of_each() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var chats = new[] { new Chat(), new Chat(), new Chat() };
        await MeetAsync(world, [alice, bob, carol], chats);

        await Task.WhenAll(chats.SelectMany((chat, person) => Enumerable.Range(0, 10).Select(async number =>
        {
            var delivery = await chat.Messages.SendMessageAsync($"{number}");
            Assert.True(delivery.IsDelivered, $"{delivery}");
            Assert.Equal(2, delivery.Recipients.Count);
        })));
        await world.UntilAsync(() => Array.TrueForAll(chats, chat => chat.Shown.Count == 30), "everybody sees everything");

        foreach (var chat in chats)
        {
            foreach (var name in new[] { "alice", "bob", "carol" })
            {
                Assert.Equal(Enumerable.Range(0, 10).Select(number => $"{name}: {number}"), chat.Shown.Where(line => line.StartsWith(name, StringComparison.Ordinal)));
            }
        }

        await chats[1].Messages.SetComposingAsync(true);
        await world.UntilAsync(() => chats[0].Messages.TypingParticipants.Count == 1 && chats[2].Messages.TypingParticipants.Count == 1, "both see bob type");
        Assert.Equal(bob.Address, chats[2].Messages.TypingParticipants[0].Uri);
    });

    [Fact]
    public void Who_leaves_the_chat_gets_nothing_and_who_comes_back_or_late_gets_what_follows() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var chats = new[] { new Chat(), new Chat() };
        await MeetAsync(world, [alice, bob], chats);
        Assert.Single((await chats[0].Messages.SendMessageAsync("one")).Recipients);

        var late = new Chat();
        late.Observe(await carol.Client.ConversationManager.JoinConferenceAsync(chats[0].Conversation.ConferenceSession!.ConferenceUri, ChatOnly));
        await chats[1].Messages.DisconnectAsync();
        await world.UntilAsync(
            () => Chatters(chats[0]).SequenceEqual([carol.Address]), "alice sees who is there");
        Assert.Equal(carol.Address, (await chats[0].Messages.SendMessageAsync("two")).Recipients.Single().Uri);

        await chats[1].Messages.ConnectAsync();
        await world.UntilAsync(() => Chatters(chats[0]).Count() == 2, "bob is back");
        Assert.Equal(2, (await chats[0].Messages.SendMessageAsync("three")).Recipients.Count);
        Assert.Equal(["alice: one", "alice: three"], chats[1].Shown);
        Assert.Equal(["alice: two", "alice: three"], late.Shown);
    });

    [Fact]
    public void Whose_session_with_the_chat_was_given_up_in_a_silence_comes_back_by_itself_and_gets_what_follows() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var chats = new[] { new Chat(), new Chat() };
        await MeetAsync(world, [alice, bob], chats);

        // Longer than a transaction, and shorter than the connection is waited for.
        world.Network.Block("bob");
        var lost = chats[1].Messages.SendMessageAsync("into the silence");
        await world.DelayAsync(TimeSpan.FromSeconds(34));
        world.Network.Unblock("bob");
        Assert.False((await lost).IsDelivered);
        await world.DelayAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(ModalityState.Connected, chats[1].Messages.State);
        Assert.Equal([bob.Address], Chatters(chats[0]));
        Assert.True((await chats[0].Messages.SendMessageAsync("are you there?")).IsDelivered);
        Assert.Equal("alice: are you there?", chats[1].Shown[^1]);
        Assert.Single(bob.Client.ConversationManager.Conversations);
    });

    [Fact]
    public void Two_talk_and_become_three_in_the_same_conversation() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (atAlice, atBob, atCarol) = (new Chat(), new Chat(), new Chat());
        atBob.Answers(bob);
        Joins(carol, atCarol);
        var conversation = await atAlice.BeginAsync(alice, bob);
        await atAlice.Messages.SendMessageAsync("just us");
        var bobs = atBob.Conversation;

        await conversation.AddParticipantAsync(carol.Address);
        await world.UntilAsync(() => Chatters(atAlice).Count() == 2 && Chatters(atBob).Count() == 2, "all three are in the chat");
        Assert.All(new[] { await atAlice.Messages.SendMessageAsync("all of us"), await atBob.Messages.SendMessageAsync("indeed") }, delivery => Assert.True(delivery.IsDelivered));
        await world.UntilAsync(() => atCarol.Shown.Count == 2, "carol sees both");

        Assert.Same(bobs, Assert.Single(bob.Client.ConversationManager.Conversations));
        Assert.Equal(ConferenceEscalationProgress.Completed, conversation.Properties.ConferenceEscalationProgress);
        Assert.Equal(["alice: just us", "alice: all of us", "bob: indeed"], atAlice.Shown);
        Assert.Equal(["alice: just us", "alice: all of us", "bob: indeed"], atBob.Shown);
        Assert.Equal(["alice: all of us", "bob: indeed"], atCarol.Shown);
        Assert.Equal(conversation.Id, atCarol.Conversation.Id);
    });

    private static async Task MeetAsync(World world, Person[] people, Chat[] chats)
    {
        chats[0].Observe(await people[0].Client.ConversationManager.MeetNowAsync());
        await chats[0].Conversation.JoinAsync(ChatOnly);
        for (var guest = 1; guest < people.Length; guest++)
        {
            Joins(people[guest], chats[guest]);
            await chats[0].Conversation.AddParticipantAsync(people[guest].Address);
        }

        await world.UntilAsync(() => Array.TrueForAll(chats, chat => chat.Conversation is not null && Chatters(chat).Count() == people.Length - 1), "everybody is in the chat");
    }

    private static void Joins(Person person, Chat chat) => person.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
    {
        chat.Observe(invitation.Conversation);
        await invitation.AcceptAsync(token);
        await invitation.Conversation.JoinAsync(ChatOnly, null, token);
    };

    private static IEnumerable<string> Chatters(Chat chat) => chat.Conversation.ConferenceSession is null ? [] : chat.Conversation.Participants
        .Where(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected && chat.Messages.State == ModalityState.Connected)
        .Select(participant => participant.Uri);
}
