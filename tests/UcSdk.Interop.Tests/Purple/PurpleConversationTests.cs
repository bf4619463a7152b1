using System.Text.Json;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>What becomes of messages between SIPE users that are not simply heard: nobody there, blocked, windows closed and opened again, two places to be.</summary>
public sealed class PurpleConversationTests(PurpleProgram program)
{
    [Fact]
    public async Task Who_is_not_there_and_who_has_blocked_her_are_told_to_her_in_the_same_words()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var bob = await SignInAsync(server, "bob", "builder", limit.Token);

        var absent = await WriteInVainAsync(alice, "carol", "Are you there?", limit.Token);
        Assert.Contains("Are you there?", absent, StringComparison.Ordinal);

        await bob.AddAsync("alice", "Friends", limit.Token);
        await bob.ChooseAsync("alice", limit.Token, "Access level", "Blocked");
        await bob.WaitForAccessLevelAsync("alice", "* Blocked", limit.Token);
        var blocked = await WriteInVainAsync(alice, "bob", "Are you there?", limit.Token);
        Assert.Equal(absent.Replace("carol", "bob", StringComparison.Ordinal), blocked);

        await bob.ChooseAsync("alice", limit.Token, "Access level", "Personal");
        await bob.WaitForAccessLevelAsync("alice", "* Personal", limit.Token);
        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "And now?" }, limit.Token);
        Assert.Equal("And now?", await HearAsync(bob, limit.Token));
        await alice.SignOutAsync(limit.Token);
        await bob.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 6);
    }

    [Fact]
    public async Task A_window_that_either_closes_opens_again_with_the_next_message()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var bob = await SignInAsync(server, "bob", "builder", limit.Token);
        await SayAsync(alice, bob, "one", limit.Token);

        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, limit.Token);
        await bob.Host.WaitForLogAsync("\nBYE sip:", 1, limit.Token);
        await SayAsync(alice, bob, "two", limit.Token);
        await SayAsync(bob, alice, "three", limit.Token);

        await bob.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("alice") }, limit.Token);
        await alice.Host.WaitForLogAsync("\nBYE sip:", 2, limit.Token);
        await SayAsync(alice, bob, "four", limit.Token);

        // He goes home without a word, and comes back: the session is gone, so her client begins another with the next message.
        await bob.SignOutAsync(limit.Token);
        await using var again = await SignInAsync(server, "bob", "builder", limit.Token);
        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "five" }, limit.Token);
        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "six" }, limit.Token);
        await again.Host.WaitForAsync("received-im", said => Text(said, "text") == "six", limit.Token);
        await alice.SignOutAsync(limit.Token);
        await again.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 12);
    }

    [Fact]
    public async Task Of_his_two_places_one_gets_the_conversation()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var desk = await SignInAsync(server, "bob", "builder", limit.Token, "desk");
        await using var home = await SignInAsync(server, "bob", "builder", limit.Token, "home");

        // SIPE that knows of another place of its user waits ten seconds before it answers.
        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "Where are you?" }, limit.Token);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var (atDesk, atHome) = (HearAsync(desk, waiting.Token), HearAsync(home, waiting.Token));
        var first = await Task.WhenAny(atDesk, atHome);
        Assert.Equal("Where are you?", await first);
        var (heard, other) = first == atDesk ? (desk, atHome) : (home, atDesk);

        await SayAsync(heard, alice, "Here", limit.Token);
        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "Stay" }, limit.Token);
        Assert.Equal("Stay", await HearAsync(heard, limit.Token));
        await alice.SignOutAsync(limit.Token);
        await desk.SignOutAsync(limit.Token);
        await home.SignOutAsync(limit.Token);
        await waiting.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => other);
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }, new("bob") { Password = new SipPassword("builder") }, new("carol") { Password = new SipPassword("carol") }],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }

    private Task<PurpleSipe> SignInAsync(UcServer server, string name, string password, CancellationToken cancellationToken, string? machine = null) =>
        PurpleSipe.SignInAsync(program, server.ListenAddresses[0], name, password, cancellationToken, machine);

    private static async Task SayAsync(PurpleSipe from, PurpleSipe to, string text, CancellationToken cancellationToken)
    {
        await from.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf(to.Name), ["text"] = text }, cancellationToken);
        Assert.Equal(text, await HearAsync(to, cancellationToken));
    }

    private static async Task<string?> HearAsync(PurpleSipe user, CancellationToken cancellationToken) =>
        Text(await user.Host.WaitForAsync("received-im", static _ => true, cancellationToken), "text");

    private static async Task<string> WriteInVainAsync(PurpleSipe from, string to, string text, CancellationToken cancellationToken)
    {
        await from.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf(to), ["text"] = text }, cancellationToken);
        var notice = await from.Host.WaitForAsync("conversation-notice", said => Text(said, "conversation") == PurpleSipe.UriOf(to), cancellationToken);
        return Text(notice, "text")!;
    }

    private static string? Text(JsonElement said, string name) => said.GetProperty(name).GetString();
}
