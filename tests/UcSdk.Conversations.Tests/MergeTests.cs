namespace UcSdk.Conversations.Tests;

/// <summary>Alice has two conversations on the embedded server and makes them one.</summary>
public sealed class MergeTests
{
    private static readonly JoinOptions ChatOnly = new() { Audio = false, InstantMessages = true };

    [Fact]
    public void Two_conversations_between_two_become_one_of_three_and_everybody_stays_in_theirs() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (withBob, withCarol, atBob, atCarol) = (new Chat(), new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        await TalkAsync(alice, withCarol, carol, atCarol);
        var carols = atCarol.Conversation;
        Assert.True(withBob.Conversation.CanInvoke(ConversationAction.Merge));

        var merge = await withBob.Conversation.MergeAsync(withCarol.Conversation);

        Assert.True(merge.IsComplete);
        Assert.Equal([carol.Address], merge.Joined);
        Assert.Equal(ConversationState.Terminated, withCarol.Conversation.State);
        Assert.Same(withBob.Conversation, withCarol.Conversation.MergedInto);
        Assert.Same(withBob.Conversation, Assert.Single(alice.Client.ConversationManager.Conversations));
        await world.UntilAsync(() => Chatters(withBob) == 2 && Chatters(atCarol) == 2 && Chatters(atBob) == 2, "all three are in the chat");
        Assert.Same(carols, Assert.Single(carol.Client.ConversationManager.Conversations));
        Assert.True((await withBob.Messages.SendMessageAsync("all of us")).IsDelivered);
        Assert.True((await atCarol.Messages.SendMessageAsync("hello bob")).IsDelivered);
        Assert.Equal(["alice: hello bob", "alice: all of us", "carol: hello bob"], withBob.Shown);
        Assert.Equal(["alice: hello carol", "alice: all of us", "carol: hello bob"], atCarol.Shown);
        Assert.Equal(["alice: hello bob", "alice: all of us", "carol: hello bob"], atBob.Shown);
        await world.DelayAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(ConversationState.Active, carols.State);
    });

    [Fact]
    public void People_of_another_conference_are_asked_and_come_in_conversations_that_are_derived() => World.Tell(async world =>
    {
        var (alice, bob, carol, dave) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"), await world.SignInAsync("dave"));
        var (withBob, atBob, meeting) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        var (atCarol, atDave) = (Joins(carol), Joins(dave));
        meeting.Observe(await alice.Client.ConversationManager.MeetNowAsync());
        await meeting.Conversation.JoinAsync(ChatOnly);
        await meeting.Conversation.AddParticipantAsync(carol.Address);
        await meeting.Conversation.AddParticipantAsync(dave.Address);
        await world.UntilAsync(() => meeting.Conversation.Participants.Count == 3, "the meeting is complete");

        var merge = await withBob.Conversation.MergeAsync(meeting.Conversation);

        Assert.Equal([carol.Address, dave.Address], merge.Joined.Order());
        await world.UntilAsync(() => Chatters(withBob) == 3, "all four are in the chat");
        await world.UntilAsync(() => atCarol[0].State == ConversationState.Terminated && atDave[0].State == ConversationState.Terminated, "the old conference has ended for everybody");
        Assert.Equal((2, 2), (atCarol.Count, atDave.Count));
        Assert.Same(atCarol[0], atCarol[1].DerivedFrom);
        Assert.Same(atDave[0], atDave[1].DerivedFrom);
        Assert.Equal(atCarol[0].Id, atCarol[1].Id);
        Assert.Equal(ConversationDirection.Incoming, atCarol[1].Direction);
        Assert.True((await withBob.Messages.SendMessageAsync("all of us")).IsDelivered);
    });

    [Fact]
    public void Who_cannot_come_stays_in_the_other_conversation_which_goes_on() => World.Tell(async world =>
    {
        var (alice, bob, carol, dave) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"), await world.SignInAsync("dave"));
        var (withBob, atBob, meeting) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        var atCarol = Joins(carol);
        Joins(dave);
        meeting.Observe(await alice.Client.ConversationManager.MeetNowAsync());
        await meeting.Conversation.JoinAsync(ChatOnly);
        await meeting.Conversation.AddParticipantAsync(carol.Address);
        await meeting.Conversation.AddParticipantAsync(dave.Address);
        await world.UntilAsync(() => meeting.Conversation.Participants.Count == 3, "the meeting is complete");
        carol.Client.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.DeclineAsync(cancellationToken: token);

        var merge = await withBob.Conversation.MergeAsync(meeting.Conversation);

        Assert.False(merge.IsComplete);
        Assert.Equal([dave.Address], merge.Joined);
        var failure = Assert.Single(merge.Failures);
        Assert.Equal((carol.Address, 603), (failure.Uri, Assert.IsType<FailureResponseException>(failure.Cause).StatusCode));
        Assert.Null(meeting.Conversation.MergedInto);
        Assert.Equal(ConversationState.Active, meeting.Conversation.State);
        Assert.Equal(ConferenceSessionState.Connected, atCarol[0].ConferenceSession!.State);
        Assert.True((await meeting.Messages.SendMessageAsync("still here")).IsDelivered);
    });

    [Fact]
    public void Who_accepts_and_does_not_come_is_not_here() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (withBob, atBob, meeting) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        await MeetAsync(world, alice, meeting, carol);
        carol.Client.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.AcceptAsync(token);

        var merge = await withBob.Conversation.MergeAsync(meeting.Conversation);

        Assert.Equal((carol.Address, typeof(TimeoutException)), (merge.Failures.Single().Uri, merge.Failures.Single().Cause.GetType()));
        Assert.Equal(ConversationState.Active, meeting.Conversation.State);
        foreach (var conversation in carol.Client.ConversationManager.Conversations)
        {
            await conversation.EndAsync();
        }
    });

    [Fact]
    public void Ending_this_conversation_while_people_are_awaited_leaves_the_other_one_alone() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (withBob, atBob, meeting) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        await MeetAsync(world, alice, meeting, carol);
        var isAccepted = false;
        carol.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            isAccepted = true;
        };
        var merging = withBob.Conversation.MergeAsync(meeting.Conversation);
        await world.UntilAsync(() => isAccepted, "carol has accepted and does not come");

        await withBob.Conversation.EndAsync();
        var merge = await merging;

        Assert.Equal((carol.Address, typeof(InvalidStateException)), (merge.Failures.Single().Uri, merge.Failures.Single().Cause.GetType()));
        Assert.Empty(merge.Joined);
        Assert.Null(meeting.Conversation.MergedInto);
        Assert.True((await meeting.Messages.SendMessageAsync("still here")).IsDelivered);
        foreach (var conversation in carol.Client.ConversationManager.Conversations)
        {
            await conversation.EndAsync();
        }
    });

    [Fact]
    public void Who_is_in_both_is_not_invited_again() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (first, second, atBob) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, first, bob, atBob);
        await second.BeginAsync(alice, bob);

        var merge = await first.Conversation.MergeAsync(second.Conversation);

        Assert.True(merge.IsComplete);
        Assert.Empty(merge.Joined);
        Assert.Null(first.Conversation.ConferenceSession);
        Assert.Equal(ConversationState.Terminated, second.Conversation.State);
        Assert.True((await first.Messages.SendMessageAsync("as before")).IsDelivered);
    });

    [Fact]
    public void Giving_up_takes_the_invitations_back_and_leaves_the_other_conversation_alone() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (withBob, meeting, atBob) = (new Chat(), new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        await MeetAsync(world, alice, meeting, carol);
        carol.Client.ConversationManager.ConferenceInvitationHandler = (_, token) => Forever(token);
        using var stop = new CancellationTokenSource();
        var merging = withBob.Conversation.MergeAsync(meeting.Conversation, stop.Token);
        await world.UntilAsync(() => carol.Client.ConversationManager.ConferenceInvitations.Count == 1, "carol is asked");

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => merging);
        await world.UntilAsync(() => carol.Client.ConversationManager.ConferenceInvitations.Count == 0, "the invitation is taken back");
        Assert.Equal(ConversationState.Active, meeting.Conversation.State);
        Assert.True((await meeting.Messages.SendMessageAsync("still here")).IsDelivered);
    });

    [Fact]
    public void Only_another_conversation_with_somebody_in_this_one_can_be_merged() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var (withBob, atBob) = (new Chat(), new Chat());
        await TalkAsync(alice, withBob, bob, atBob);
        var empty = await alice.Client.ConversationManager.AddConversationAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => withBob.Conversation.MergeAsync(withBob.Conversation));
        await Assert.ThrowsAsync<ArgumentException>(() => withBob.Conversation.MergeAsync(atBob.Conversation));
        Assert.False(empty.CanInvoke(ConversationAction.Merge));
        await Assert.ThrowsAsync<InvalidStateException>(() => empty.MergeAsync(withBob.Conversation));
        await empty.EndAsync();
        await Assert.ThrowsAsync<InvalidStateException>(() => withBob.Conversation.MergeAsync(empty));
    });

    private static async Task TalkAsync(Person self, Chat chat, Person other, Chat atOther)
    {
        atOther.Answers(other);
        await chat.BeginAsync(self, other);
        Assert.True((await chat.Messages.SendMessageAsync($"hello {other.Name}")).IsDelivered);
    }

    // Alice's meeting, to which carol has come.
    private static async Task MeetAsync(World world, Person alice, Chat meeting, Person carol)
    {
        Joins(carol);
        meeting.Observe(await alice.Client.ConversationManager.MeetNowAsync());
        await meeting.Conversation.JoinAsync(ChatOnly);
        await meeting.Conversation.AddParticipantAsync(carol.Address);
        await world.UntilAsync(() => meeting.Conversation.Participants.Count == 2, "carol is in the meeting");
    }

    private static List<Conversation> Joins(Person person)
    {
        var conversations = new List<Conversation>();
        person.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            conversations.Add(invitation.Conversation);
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(ChatOnly, null, token);
        };
        return conversations;
    }

    private static async Task Forever(CancellationToken token)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = token.Register(() => end.TrySetCanceled(token));
        await end.Task;
    }

    private static int Chatters(Chat chat) => chat.Conversation.ConferenceSession is null ? 0
        : chat.Conversation.Participants.Count(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected);
}
