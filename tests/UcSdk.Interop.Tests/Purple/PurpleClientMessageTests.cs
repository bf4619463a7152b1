namespace UcSdk.Interop.Tests;

/// <summary>SIPE and <c>LyncClient</c>s write to each other through the embedded server, between two and among three.</summary>
public sealed class PurpleClientMessageTests(PurpleProgram program)
{
    [Fact]
    public async Task Between_two_either_begins_types_answers_hangs_up_and_declines()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 4);
        var alice = await house.SignInAsync("alice");
        var bob = await house.SignInOursAsync("bob");

        await alice.SayAsync("bob", "Down the rabbit-hole?", house.Token);
        await bob.HearAsync("alice", "Down the rabbit-hole?");
        var (conversation, messages) = (bob.Conversation, bob.Messages);
        Assert.True((await messages.SendMessageAsync(new InstantMessageContent("Curiouser!", html: "<b>Curiouser!</b>"), house.Token)).IsDelivered);
        Assert.Equal("Curiouser!", await alice.HearAsync(house.Token));

        await messages.SetComposingAsync(true, house.Token);
        await alice.Host.WaitForAsync("buddy-typing", static _ => true, house.Token);
        await alice.DoAsync("im.typing", new() { ["to"] = PurpleSipe.UriOf("bob") }, house.Token);
        await bob.UntilAsync(() => messages.TypingParticipants.Count == 1, "Alice types");

        // Her window is closed, and opens again with his next message, in the same conversation of his.
        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, house.Token);
        await bob.UntilAsync(() => messages.State != ModalityState.Connected, "Alice has hung up");
        Assert.True((await messages.SendMessageAsync("Still there?", house.Token)).IsDelivered);
        Assert.Equal("Still there?", await alice.HearAsync(house.Token));
        await conversation.EndAsync(house.Token);

        bob.Manager.ModalityInvitationHandler = (modality, token) => modality.RejectAsync(cancellationToken: token);
        await alice.SayAsync("bob", "And now?", house.Token);
        var notice = await alice.Host.WaitForAsync("conversation-notice", said => said.GetProperty("error").GetBoolean(), house.Token);
        Assert.Contains("And now?", notice.GetProperty("text").GetString(), StringComparison.Ordinal);

        await alice.SignOutAsync(house.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 10);
        var gone = await bob.Manager.BeginConversationAsync(PurpleSipe.UriOf("alice"), house.Token);
        Assert.Equal(480, Assert.Single((await gone.InstantMessageModality.SendMessageAsync("Good night", house.Token)).Recipients).StatusCode);
        await house.CloseAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Among_two_of_ours_and_one_of_theirs_all_hear_all_whoever_has_gathered_them(bool isTheirs)
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 4);
        var alice = await house.SignInAsync("alice");
        var (bob, carol) = (await house.SignInOursAsync("bob"), await house.SignInOursAsync("carol"));

        string chat;
        if (isTheirs)
        {
            await alice.AddAsync("bob", "Friends", house.Token);
            await alice.ChooseAsync("bob", house.Token, "New chat");
            chat = await alice.WaitForChatAsync(house.Token);
            await alice.WaitForMembersAsync(chat, 2, house.Token);
            await alice.DoAsync("chat.invite", new() { ["chat"] = chat, ["who"] = PurpleSipe.UriOf("carol") }, house.Token);
        }
        else
        {
            await bob.MeetAsync();
            await bob.Conversation.AddParticipantAsync(PurpleSipe.UriOf("alice"), house.Token);
            chat = await alice.WaitForChatAsync(house.Token);
            await bob.Conversation.AddParticipantAsync(PurpleSipe.UriOf("carol"), house.Token);
        }

        await alice.WaitForMembersAsync(chat, 3, house.Token);
        await bob.UntilAsync(() => bob.Others == 2 && carol.Others == 2, "all three are in the chat");

        await alice.SayInChatAsync(chat, "Tea?", house.Token);
        await bob.HearAsync("alice", "Tea?");
        await carol.HearAsync("alice", "Tea?");
        var delivery = await bob.Messages.SendMessageAsync("Two lumps", house.Token);
        Assert.True(delivery.IsDelivered, delivery.ToString());
        Assert.Equal(2, delivery.Recipients.Count);
        await carol.HearAsync("bob", "Two lumps");
        await alice.HearInChatAsync("bob", "Two lumps", house.Token);

        await alice.DoAsync("chat.leave", new() { ["chat"] = chat }, house.Token);
        await bob.UntilAsync(() => bob.Others == 1 && carol.Others == 1, "Alice has left");
        Assert.True((await carol.Messages.SendMessageAsync("Only we two", house.Token)).IsDelivered);
        await bob.HearAsync("carol", "Only we two");
        await house.CloseAsync(10, alice);
    }

    [Fact]
    public async Task Of_two_places_of_ours_the_one_that_accepts_has_the_conversation_with_her()
    {
        await using var house = await PurpleHouse.OpenAsync(program);
        var alice = await house.SignInAsync("alice");
        var (desk, phone) = (await house.SignInOursAsync("bob"), await house.SignInOursAsync("bob"));
        var withdrawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        phone.Manager.ModalityInvitationHandler = async (_, token) =>
        {
            await using var registration = token.Register(withdrawn.SetResult);
            await withdrawn.Task;
        };
        desk.Manager.ModalityInvitationHandler = async (modality, token) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), token);
            await modality.AcceptAsync(token);
        };

        await alice.SayAsync("bob", "Where are you?", house.Token);
        await desk.HearAsync("alice", "Where are you?");
        await withdrawn.Task.WaitAsync(house.Token);
        await desk.SayAsync("alice", "Here");
        Assert.Equal("Here", await alice.HearAsync(house.Token));
        await alice.SayAsync("bob", "Stay", house.Token);
        await desk.HearAsync("alice", "Stay");
        Assert.Empty(phone.Shown);
        Assert.Empty(phone.Manager.Conversations);
        await house.CloseAsync(6, alice);
    }

    [Fact]
    public async Task Who_began_a_group_puts_others_out_of_it_ours_her_and_she_ours()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 3);
        var alice = await house.SignInAsync("alice");
        var bob = await house.SignInOursAsync("bob");
        await alice.AddAsync("bob", "Friends", house.Token);
        await alice.ChooseAsync("bob", house.Token, "New chat");
        var hers = await alice.WaitForChatAsync(house.Token);
        await alice.WaitForMembersAsync(hers, 2, house.Token);
        await alice.SayInChatAsync(hers, "Tea?", house.Token);
        await bob.HearAsync("alice", "Tea?");

        var title = (await alice.Host.DoAsync("chat.list", null, house.Token)).GetProperty("chats")[0].GetProperty("title").GetString();
        await alice.ChooseAsync("bob", house.Token, $"Remove from '{title}'");
        await alice.WaitForMembersAsync(hers, 1, house.Token);
        await bob.UntilAsync(() => bob.Manager.Conversations.Count == 0, "Bob is out");
        await alice.DoAsync("chat.leave", new() { ["chat"] = hers }, house.Token);

        await bob.MeetAsync();
        await bob.Conversation.AddParticipantAsync(PurpleSipe.UriOf("alice"), house.Token);
        await alice.WaitForChatAsync(house.Token);
        await bob.UntilAsync(() => bob.Others == 1, "Alice is in");
        await bob.Conversation.RemoveParticipantAsync(bob.Conversation.Participants.Single(participant => !participant.IsSelf), house.Token);
        await alice.Host.WaitForAsync(
            "conversation-notice", static said => said.GetProperty("text").GetString()!.Contains("disconnected from this conference", StringComparison.Ordinal), house.Token);
        await bob.UntilAsync(() => bob.Others == 0, "Alice is out");
        await house.CloseAsync(8, alice);
    }
}
