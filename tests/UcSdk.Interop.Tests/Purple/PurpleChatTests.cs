using System.Text.Json;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE users in a group conversation on the IM MCU of the embedded server.</summary>
public sealed class PurpleChatTests(PurpleProgram program)
{
    [Fact]
    public async Task Alice_gathers_two_in_a_conversation_where_all_hear_all_until_one_leaves_and_one_is_put_out()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }, new("bob") { Password = new SipPassword("builder") }, new("carol") { Password = new SipPassword("carol") }],
        });
        await server.StartAsync(limit.Token);
        await using var alice = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);
        await using var bob = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "bob", "builder", limit.Token);
        await using var carol = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "carol", "carol", limit.Token);
        await alice.AddAsync("bob", "Friends", limit.Token);
        await alice.AddAsync("carol", "Friends", limit.Token);

        // Factory, focus, roster, chat; and the invitation, which SIPE accepts by itself.
        await alice.ChooseAsync("bob", limit.Token, "New chat");
        var hers = await ChatAsync(alice, limit.Token);
        var his = await ChatAsync(bob, limit.Token);
        await MembersAsync(alice, hers, 2, limit.Token);
        await alice.DoAsync("chat.invite", new() { ["chat"] = hers, ["who"] = PurpleSipe.UriOf("carol") }, limit.Token);
        var carols = await ChatAsync(carol, limit.Token);
        foreach (var (user, chat) in new[] { (alice, hers), (bob, his), (carol, carols) })
        {
            await MembersAsync(user, chat, 3, limit.Token);
        }

        await SayAsync(alice, hers, "Tea?", limit.Token, bob, carol);
        await SayAsync(bob, his, "Two lumps, please", limit.Token, alice, carol);
        await SayAsync(carol, carols, "Grüße", limit.Token, alice, bob);
        Assert.Equal(3, (await server.GetCountsAsync(limit.Token)).MessageLegs);

        await carol.DoAsync("chat.leave", new() { ["chat"] = carols }, limit.Token);
        await MembersAsync(alice, hers, 2, limit.Token);
        await SayAsync(bob, his, "Only we two", limit.Token, alice);

        await alice.ChooseAsync("bob", limit.Token, $"Remove from '{await TitleAsync(alice, limit.Token)}'");
        await bob.Host.WaitForAsync("conversation-notice", said => Text(said, "text").Contains("disconnected from this conference", StringComparison.Ordinal), limit.Token);
        await MembersAsync(alice, hers, 1, limit.Token);
        Assert.Equal(1, (await server.GetCountsAsync(limit.Token)).MessageLegs);

        await alice.DoAsync("chat.leave", new() { ["chat"] = hers }, limit.Token);
        foreach (var user in new[] { alice, bob, carol })
        {
            await user.SignOutAsync(limit.Token);
            user.Log.RequireEverySignatureValidated(atLeast: 12);
        }

        var left = await server.GetCountsAsync(limit.Token);
        Assert.Equal((0, 0, 0, 0), (left.MessageLegs, left.PendingMessages, left.FocusDialogs, left.RosterSubscriptions));
    }

    private static async Task<string> ChatAsync(PurpleSipe user, CancellationToken cancellationToken) =>
        Text(await user.Host.WaitForAsync("chat-joined", static _ => true, cancellationToken), "chat");

    private static async Task<string> TitleAsync(PurpleSipe user, CancellationToken cancellationToken) =>
        Text((await user.Host.DoAsync("chat.list", null, cancellationToken)).GetProperty("chats")[0], "title");

    private static Task<JsonElement> MembersAsync(PurpleSipe user, string chat, int count, CancellationToken cancellationToken) =>
        user.Host.WaitUntilAsync("chat.members", new() { ["chat"] = chat }, answer => answer.GetProperty("members").GetArrayLength() == count, cancellationToken);

    private static async Task SayAsync(PurpleSipe from, string chat, string text, CancellationToken cancellationToken, params PurpleSipe[] to)
    {
        await from.DoAsync("chat.send", new() { ["chat"] = chat, ["text"] = text }, cancellationToken);
        foreach (var user in to)
        {
            var heard = await user.Host.WaitForAsync("received-chat", said => Text(said, "text") == text, cancellationToken);
            Assert.Equal(PurpleSipe.UriOf(from.Name), Text(heard, "from"));
        }
    }

    private static string Text(JsonElement said, string name) => said.GetProperty(name).GetString()!;
}
