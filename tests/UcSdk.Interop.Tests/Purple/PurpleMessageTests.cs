using System.Text.Json;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Two SIPE users who talk through the embedded server, each message signed on either leg.</summary>
public sealed class PurpleMessageTests(PurpleProgram program)
{
    [Fact]
    public async Task Bob_sees_alice_type_hears_her_and_answers_until_she_hangs_up()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }, new("bob") { Password = new SipPassword("builder") }],
        });
        await server.StartAsync(limit.Token);
        await using var alice = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);
        await using var bob = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "bob", "builder", limit.Token);

        await alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = "Down the <b>rabbit-hole</b>?" }, limit.Token);
        var heard = await bob.Host.WaitForAsync("received-im", static _ => true, limit.Token);
        Assert.Equal((PurpleSipe.UriOf("alice"), "Down the rabbit-hole?"), (Text(heard, "from"), Text(heard, "text")));
        // SIPE sends one format for the whole message, and that arrives.
        Assert.Contains("<B>", Text(heard, "html"), StringComparison.Ordinal);

        await alice.DoAsync("im.typing", new() { ["to"] = PurpleSipe.UriOf("bob") }, limit.Token);
        Assert.Equal(PurpleSipe.UriOf("alice"), Text(await bob.Host.WaitForAsync("buddy-typing", static _ => true, limit.Token), "who"));

        await bob.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("alice"), ["text"] = "Curiouser & curiouser!" }, limit.Token);
        Assert.Equal("Curiouser & curiouser!", Text(await alice.Host.WaitForAsync("received-im", static _ => true, limit.Token), "text"));

        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, limit.Token);
        await bob.Host.WaitForLogAsync("\nBYE sip:", 1, limit.Token);
        await alice.SignOutAsync(limit.Token);
        await bob.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 6);
        bob.Log.RequireEverySignatureValidated(atLeast: 6);
    }

    private static string? Text(JsonElement said, string name) => said.GetProperty(name).GetString();
}
