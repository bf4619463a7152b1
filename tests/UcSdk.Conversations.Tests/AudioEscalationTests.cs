namespace UcSdk.Conversations.Tests;

/// <summary>Two people write to each other on the embedded server, and one of them wants to talk.</summary>
public sealed class AudioEscalationTests
{
    [Fact]
    public void Both_hear_each_other_in_the_same_conversations_and_their_messages_go_on() => World.Tell(async world =>
    {
        var (alice, bob, atAlice, atBob) = await TalkAsync(world);
        var asked = Asks(bob, (modality, token) => modality.AcceptAsync(token));
        var bobs = atBob.Conversation;

        await atAlice.Conversation.AVModality.ConnectAsync();
        await bobs.AVModality.WaitForStateAsync(ModalityState.Connected);

        Assert.Equal(alice.Address, Assert.Single(asked).Invitation!.InviterUri);
        Assert.Same(bobs, Assert.Single(bob.Client.ConversationManager.Conversations));
        Assert.Equal(atAlice.Conversation.Id, bobs.Id);
        Assert.True((await atBob.Messages.SendMessageAsync("I hear you")).IsDelivered);
        Assert.True((await atAlice.Messages.SendMessageAsync("So do I")).IsDelivered);
        Assert.Equal(["alice: just us", "bob: I hear you", "alice: So do I"], atAlice.Shown);
        Assert.Equal(atAlice.Shown, atBob.Shown);
        Assert.All(new[] { atAlice, atBob }, chat => Assert.Equal(ConferenceEscalationProgress.Completed, chat.Conversation.Properties.ConferenceEscalationProgress));
    });

    [Fact]
    public void Who_rejects_the_audio_stays_in_the_chat() => World.Tell(async world =>
    {
        var (_, bob, atAlice, atBob) = await TalkAsync(world);
        var asked = Asks(bob, (modality, token) => modality.RejectAsync(cancellationToken: token));

        await atAlice.Conversation.AVModality.ConnectAsync();
        await world.UntilAsync(() => asked.Count == 1 && atBob.Conversation.AVModality.State == ModalityState.Disconnected, "bob has rejected");

        Assert.True((await atBob.Messages.SendMessageAsync("Not now")).IsDelivered);
        Assert.True(atBob.Conversation.AVModality.CanInvoke(ModalityAction.Connect));
    });

    [Fact]
    public void Whom_nobody_asks_because_there_is_no_handler_stays_in_the_chat() => World.Tell(async world =>
    {
        var (_, bob, atAlice, atBob) = await TalkAsync(world);
        bob.Client.ConversationManager.ModalityInvitationHandler = null;

        await atAlice.Conversation.AVModality.ConnectAsync();
        await world.UntilAsync(() => atBob.Conversation.Properties.ConferenceEscalationProgress == ConferenceEscalationProgress.Completed, "bob has followed");

        Assert.Equal(ModalityState.Disconnected, atBob.Conversation.AVModality.State);
        Assert.True((await atBob.Messages.SendMessageAsync("Just writing")).IsDelivered);
    });

    [Fact]
    public void Who_has_not_decided_is_no_longer_asked_when_nobody_talks_any_more() => World.Tell(async world =>
    {
        var (_, bob, atAlice, atBob) = await TalkAsync(world);
        var isWithdrawn = await LetRingAsync(world, bob, atAlice, atBob);

        await atAlice.Conversation.AVModality.DisconnectAsync();

        await world.DelayAsync(TimeSpan.FromSeconds(2));
        Assert.True(isWithdrawn.Task.IsCompleted, "bob is asked no longer, long before he would have been given up");
        Assert.Equal(ModalityState.Disconnected, atBob.Conversation.AVModality.State);
        await Assert.ThrowsAsync<InvalidStateException>(() => atBob.Conversation.AVModality.AcceptAsync());
        Assert.True((await atBob.Messages.SendMessageAsync("Too late")).IsDelivered);
    });

    [Fact]
    public void The_end_of_the_conference_ends_the_question() => World.Tell(async world =>
    {
        var (_, bob, atAlice, atBob) = await TalkAsync(world);
        var isWithdrawn = await LetRingAsync(world, bob, atAlice, atBob);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        await atAlice.Conversation.ConferenceSession!.EndMeetingAsync();

        await world.UntilAsync(() => isWithdrawn.Task.IsCompleted && atBob.Conversation.State == ConversationState.Terminated, "bob's conversation has ended");
    });

    [Fact]
    public void A_lost_connection_ends_the_question() => World.Tell(async world =>
    {
        var (_, bob, atAlice, atBob) = await TalkAsync(world);
        var isWithdrawn = await LetRingAsync(world, bob, atAlice, atBob);

        world.Network.CutHost("bob");

        await world.UntilAsync(() => isWithdrawn.Task.IsCompleted && atBob.Conversation.State == ConversationState.Terminated, "bob's conversation has ended");
    });

    [Fact]
    public void Both_who_want_to_talk_at_the_same_moment_meet_in_one_conference() => World.Tell(async world =>
    {
        var (alice, bob, atAlice, atBob) = await TalkAsync(world);
        Asks(bob, (modality, token) => modality.AcceptAsync(token));
        Asks(alice, (modality, token) => modality.AcceptAsync(token));

        await Task.WhenAll(atAlice.Conversation.AVModality.ConnectAsync(), atBob.Conversation.AVModality.ConnectAsync());

        Assert.Equal(atAlice.Conversation.ConferenceSession!.ConferenceUri, atBob.Conversation.ConferenceSession!.ConferenceUri);
        Assert.Equal((ModalityState.Connected, ModalityState.Connected), (atAlice.Conversation.AVModality.State, atBob.Conversation.AVModality.State));
        Assert.Single(alice.Client.ConversationManager.Conversations);
        Assert.Single(bob.Client.ConversationManager.Conversations);
        Assert.True((await atBob.Messages.SendMessageAsync("Here we are")).IsDelivered);
    });

    [Fact]
    public void Who_follows_goes_back_with_the_one_who_gives_up() => World.Tell(async world =>
    {
        var (_, _, atAlice, atBob) = await TalkAsync(world);
        using var stop = new CancellationTokenSource();
        var adding = world.Begin(atAlice.Conversation.AddParticipantAsync("sip:nobody@" + World.Domain, stop.Token));
        await world.UntilAsync("bob → server INVITE chat");

        stop.Cancel();
        await adding;
        await world.DelayAsync(TimeSpan.FromSeconds(5));

        Assert.True((await atAlice.Messages.SendMessageAsync("never mind")).IsDelivered);
        Assert.True((await atBob.Messages.SendMessageAsync("all right")).IsDelivered);
        Assert.Equal(["alice: just us", "alice: never mind", "bob: all right"], atAlice.Shown);
        Assert.Equal(atAlice.Shown, atBob.Shown);
        Assert.All(new[] { atAlice, atBob }, chat => Assert.Null(chat.Conversation.ConferenceSession));
    });

    private static async Task<(Person Alice, Person Bob, Chat AtAlice, Chat AtBob)> TalkAsync(World world)
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (atAlice, atBob) = (new Chat(), new Chat());
        atBob.Answers(bob);
        await atAlice.BeginAsync(alice, bob);
        await atAlice.Messages.SendMessageAsync("just us");
        return (alice, bob, atAlice, atBob);
    }

    private static List<Modality> Asks(Person person, Func<Modality, CancellationToken, Task> decision)
    {
        var asked = new List<Modality>();
        person.Client.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            asked.Add(modality);
            return decision(modality, token);
        };
        return asked;
    }

    // Bob thinks about it until he is asked no longer.
    private static async Task<TaskCompletionSource> LetRingAsync(World world, Person bob, Chat atAlice, Chat atBob)
    {
        var isWithdrawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Asks(bob, async (_, token) =>
        {
            using var registration = token.Register(() => isWithdrawn.TrySetResult());
            await isWithdrawn.Task;
        });
        await atAlice.Conversation.AVModality.ConnectAsync();
        await world.UntilAsync(() => atBob.Conversation.AVModality.State == ModalityState.Notified, "bob is asked");
        return isWithdrawn;
    }
}
