namespace UcSdk.Conversations.Tests;

/// <summary>The connection of one of two people breaks, once after each message of an invitation and a join.</summary>
public sealed class ConnectionLostTests
{
    private const string Connected = "audio flows";

    [Theory]
    [InlineData("server → bob INVITE bob")]
    [InlineData("bob → server 180 INVITE bob")]
    [InlineData("bob → server 200 INVITE bob")]
    [InlineData("server → bob ACK bob")]
    [InlineData("server → bob BYE bob")]
    [InlineData("bob → server INVITE focus")]
    [InlineData("server → bob 200 INVITE focus")]
    [InlineData("bob → server ACK focus")]
    [InlineData("bob → server SUBSCRIBE focus conference")]
    [InlineData("bob → server INVITE audio-video")]
    [InlineData("server → bob 200 SUBSCRIBE focus")]
    [InlineData("server → bob 200 INVITE audio-video")]
    [InlineData("bob → server ACK audio-video")]
    [InlineData(Connected)]
    [InlineData("bob → server BYE audio-video")]
    [InlineData("server → bob 200 BYE audio-video")]
    [InlineData("bob → server BYE focus")]
    public void The_invited_is_cut_off(string when) => World.Tell(async world =>
    {
        var (alice, bob) = await TellUntilAsync(world, when);

        world.Network.CutHost("bob");
        await world.DelayAsync(TimeSpan.FromSeconds(100));

        AssertIsOut(bob);
        Assert.Equal(["Alice"], alice.Conversation!.Participants.Select(participant => participant.DisplayName));
        Assert.Equal((ConversationState.Active, ConferenceSessionState.Connected), (alice.Conversation.State, alice.Conversation.ConferenceSession!.State));
        Assert.Equal("completed", alice.HistoryOf(alice.Sent.Single())[^1]);

        // Who was cut off has come back by himself, and is asked in again.
        Assert.Equal(ClientState.SignedIn, bob.Client.State);
        await bob.JoinAsync(alice.Conversation.ConferenceSession.ConferenceUri);
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, alice.Conversation.Participants.Count);
        await bob.Conversation!.EndAsync();
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Theory]
    [InlineData("alice → server INVITE bob")]
    [InlineData("server → alice 180 INVITE bob")]
    [InlineData("server → alice 200 INVITE bob")]
    [InlineData("alice → server ACK bob")]
    [InlineData("alice → server BYE bob")]
    [InlineData("bob → server INVITE focus")]
    [InlineData("bob → server ACK audio-video")]
    [InlineData(Connected)]
    public void The_inviter_is_cut_off(string when) => World.Tell(async world =>
    {
        var (alice, bob) = await TellUntilAsync(world, when);

        world.Network.CutHost("alice");
        await world.DelayAsync(TimeSpan.FromSeconds(100));

        AssertIsOut(alice);
        Assert.All(bob.Invitations, invitation => Assert.Equal("completed", bob.HistoryOf(invitation)[^1]));
        if (bob.Client.ConversationManager.Conversations.SingleOrDefault() is { } conversation)
        {
            Assert.Equal((ConversationState.Active, ConferenceSessionState.Connected), (conversation.State, conversation.ConferenceSession!.State));
            Assert.Equal(["Bob"], conversation.Participants.Select(participant => participant.DisplayName));
            await conversation.EndAsync();
        }

        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void The_server_crashes() => World.Tell(async world =>
    {
        var (alice, bob) = await TellUntilAsync(world, Connected);

        await world.Server.AbortAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(100));

        AssertIsOut(alice);
        AssertIsOut(bob);
        Assert.Equal((ClientState.SigningIn, null), (bob.Client.State, bob.Client.Self));
    });

    [Fact]
    public void Who_is_cut_off_and_does_not_want_to_come_back_is_signed_out() => World.Tell(
        async world =>
        {
            var (_, bob) = await TellUntilAsync(world, Connected);

            world.Network.CutHost("bob");
            await world.DelayAsync(TimeSpan.FromSeconds(100));

            Assert.Equal("SignedIn → SignedOut (ConnectionLost)", bob.HistoryOf(bob.Client)[^1]);
            Assert.Null(bob.Client.Self);
        },
        new WorldOptions { Client = options => options with { Reconnect = null } });

    private static async Task<(Person Alice, Person Bob)> TellUntilAsync(World world, string when)
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync();
        await world.DelayAsync(TimeSpan.FromMilliseconds(500));
        bob.Accepts();
        var delivery = world.Begin(alice.Invite(bob).Delivery);
        var isLeaving = when.Contains(" BYE audio-video", StringComparison.Ordinal) || when.Contains(" BYE focus", StringComparison.Ordinal);
        if (when == Connected || isLeaving)
        {
            await delivery;
            await world.UntilAsync(() => bob.Conversation?.State == ConversationState.Active, "bob is in");
            await world.DelayAsync(TimeSpan.FromMilliseconds(500));
        }

        if (isLeaving)
        {
            _ = world.Begin(bob.Conversation!.EndAsync());
        }

        if (when != Connected)
        {
            await world.UntilAsync(when);
        }

        return (alice, bob);
    }

    private static void AssertIsOut(Person person)
    {
        Assert.Contains("SignedIn → SigningIn (ConnectionLost)", person.HistoryOf(person.Client));
        Assert.Empty(person.Client.ConversationManager.Conversations);
        Assert.Empty(person.Client.ConversationManager.ConferenceInvitations);
        foreach (var invitation in person.Invitations.Concat(person.Sent))
        {
            Assert.Equal("completed", person.HistoryOf(invitation)[^1]);
        }

        if (person.Conversation is { } conversation)
        {
            Assert.Equal(ConversationState.Terminated, conversation.State);
            Assert.Equal(ModalityState.Disconnected, conversation.AVModality.State);
            Assert.True(conversation.ConferenceSession!.State is ConferenceSessionState.Disconnected or ConferenceSessionState.Idle, conversation.ConferenceSession.State.ToString());
            Assert.Empty(conversation.Participants);
            foreach (var one in new object[] { conversation, conversation.AVModality, conversation.ConferenceSession })
            {
                Assert.Equal("completed", person.HistoryOf(one)[^1]);
            }
        }
    }
}
