namespace UcSdk.Conversations.Tests;

/// <summary>Applications say something to each other over the embedded server, beside the messages.</summary>
public sealed class ContextDataTests
{
    private static readonly ContextData Order = new("orders", "application/json", "{\"order\":17}");

    [Fact]
    public void Between_two_and_then_among_three_everybody_is_told_and_nothing_is_shown() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        var (atAlice, atBob, atCarol) = (new Chat(), new Chat(), new Chat());
        atBob.Answers(bob);
        carol.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            atCarol.Observe(invitation.Conversation);
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, token);
        };
        await atAlice.BeginAsync(alice, bob);
        await atAlice.Conversation.SetInvitationContextAsync(new InvitationContext("hello") { ApplicationId = "orders" });
        await atAlice.Messages.SendMessageAsync("just us");
        Assert.Equal("hello", (await atBob.Conversation.GetApplicationDataAsync("orders"))!.Data);

        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(await atAlice.Conversation.SendContextDataAsync(Order)).Outcome);
        Assert.Equal(Order, await atBob.Conversation.GetApplicationDataAsync("orders"));

        await atAlice.Conversation.AddParticipantAsync(carol.Address);
        await world.UntilAsync(() => atAlice.Conversation.Participants.Count(participant => participant.Modalities.InstantMessage == ModalityState.Connected) == 3, "all are in the chat");
        var reply = new ContextData("orders", "application/json", "{\"order\":18}");
        var results = await atCarol.Conversation.SendContextDataAsync(reply);

        Assert.Equal([alice.Address, bob.Address], results.Select(result => result.Uri).Order());
        Assert.All(results, result => Assert.Equal(DeliveryOutcome.Delivered, result.Outcome));
        Assert.Equal(reply, await atAlice.Conversation.GetApplicationDataAsync("orders"));
        Assert.Equal(reply, await atBob.Conversation.GetApplicationDataAsync("orders"));
        Assert.All(new[] { atAlice, atBob }, chat => Assert.Equal(["alice: just us"], chat.Shown));
        Assert.Empty(atCarol.Shown);
    });
}
