using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>The presence of two SIPE users at the embedded server: published, aggregated, filtered by access level, and seen.</summary>
public sealed class PurplePresenceTests(PurpleProgram program)
{
    [Fact]
    public async Task Every_state_that_bob_sets_alice_sees_with_his_note()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var bob = await SignInAsync(server, "bob", "builder", limit.Token);
        await alice.AddAsync("bob", "Friends", limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == "available", limit.Token);

        foreach (var status in (string[])["busy", "do-not-disturb", "be-right-back", "away", "available"])
        {
            await bob.SetStatusAsync(status, $"I am {status}", limit.Token);
            await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == status && buddy.GetProperty("statusText").GetString()!.Contains($"I am {status}", StringComparison.Ordinal), limit.Token);
        }

        await bob.SetStatusAsync("available", null, limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == "available" && !buddy.ToString().Contains("I am", StringComparison.Ordinal), limit.Token);
        await bob.SetStatusAsync("invisible", null, limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == "offline", limit.Token);
        await bob.SignOutAsync(limit.Token);
        await alice.SignOutAsync(limit.Token);
        alice.Log.RequireNoError();
        bob.Log.RequireNoError();
        alice.Log.RequireEverySignatureValidated(atLeast: 10);
        bob.Log.RequireEverySignatureValidated(atLeast: 10);
    }

    private static string? Status(System.Text.Json.JsonElement buddy) => buddy.GetProperty("status").GetString();

    private async Task<PurpleSipe> SignInAsync(UcServer server, string name, string password, CancellationToken cancellationToken)
    {
        var user = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], name, password, cancellationToken);
        await user.Host.WaitForLogAsync("roamingData", 1, cancellationToken);
        return user;
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { DisplayName = "Alice", Password = new SipPassword("wonderland") }, new("bob") { DisplayName = "Bob Builder", Password = new SipPassword("builder") }],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
