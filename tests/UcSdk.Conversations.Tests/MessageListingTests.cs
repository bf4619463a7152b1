using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>What docs/guide/messages.md and docs/guide/bot.md show does what they say, at the embedded server.</summary>
public sealed class MessageListingTests
{
    [Fact]
    public void Bob_is_asked_to_lunch_and_carol_comes_too() => World.Tell(async world =>
    {
        var (alice, bob, carol) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"), await world.SignInAsync("carol"));
        BotListings.LetIn(bob.Client);
        BotListings.LetIn(carol.Client);

        await MessageListings.WriteAsync(alice.Client);

        await world.UntilAsync(() => carol.Client.ConversationManager.Conversations is [{ Participants.Count: 3 }], "all three are there");
        Assert.Equal(3, bob.Client.ConversationManager.Conversations.Single().Participants.Count);
    });

    [Fact]
    public void Who_says_ping_hears_pong_and_who_was_not_there_hears_of_lunch_later() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), world.Introduce("bob"));
        var conversations = BotListings.LetIn(alice.Client);
        BotListings.Answer(conversations);
        await BotListings.TellLaterAsync(alice.Client, conversations);

        var chat = new Chat();
        chat.Answers(bob);
        await bob.Client.SignInAsync(bob.Address);
        await world.UntilAsync(() => chat.Shown.Count == 1, "bob is told");
        await chat.Messages.SendMessageAsync("ping");
        await world.UntilAsync(() => chat.Shown.Count == 3, "bob is answered");

        Assert.Equal(["alice: Lunch was ready", "bob: ping", "alice: pong"], chat.Shown);
    }, new() { HasPresence = true });

    [Fact]
    public async Task What_was_said_is_kept()
    {
        var directory = Directory.CreateTempSubdirectory("ucsdk-listing-");
        using var network = new MemoryNetwork();
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice"), new("bob")], Network = network });
        await server.StartAsync(TestContext.Current.CancellationToken);

        var lately = await BotListings.KeepAsync(
            new LyncClientOptions { Server = new SipTransportAddress("TCP", "sip.contoso.test", 5060), TransportFactory = () => network.CreateTransport("alice") }, Path.Combine(directory.FullName, "h"));

        Assert.Equal("Are you there?", Assert.Single(lately).Text);
        directory.Delete(recursive: true);
    }
}
