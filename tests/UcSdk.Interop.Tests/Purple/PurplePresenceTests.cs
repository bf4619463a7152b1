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

    [Fact]
    public async Task Whom_alice_blocks_by_her_menu_sees_her_offline_until_she_lets_him_closer()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var bob = await SignInAsync(server, "bob", "builder", limit.Token);
        await bob.AddAsync("alice", "Friends", limit.Token);
        await alice.AddAsync("bob", "Friends", limit.Token);
        await alice.SetStatusAsync("busy", "Off with their heads", limit.Token);
        await bob.WaitForBuddyAsync("alice", buddy => Status(buddy) == "busy" && Shows(buddy, "Off with their heads"), limit.Token);

        await alice.ChooseAsync("bob", limit.Token, "Access level", "Blocked");
        await bob.WaitForBuddyAsync("alice", buddy => Status(buddy) == "offline" && !Shows(buddy, "heads"), limit.Token);
        await alice.WaitForAccessLevelAsync("bob", "* Blocked", limit.Token);

        await alice.ChooseAsync("bob", limit.Token, "Access level", "Personal");
        await bob.WaitForBuddyAsync("alice", buddy => Status(buddy) == "busy" && Shows(buddy, "Off with their heads"), limit.Token);
        await alice.WaitForAccessLevelAsync("bob", "* Personal", limit.Token);

        await alice.ChooseAsync("bob", limit.Token, "Access level", "Unspecify");
        await alice.WaitForAccessLevelAsync("bob", "= Company", limit.Token);
        await alice.SignOutAsync(limit.Token);
        await bob.SignOutAsync(limit.Token);
        alice.Log.RequireNoError();
        bob.Log.RequireNoError();
    }

    [Fact]
    public async Task What_bob_sets_at_his_desk_shows_at_home_also_when_he_sets_something_at_both_at_once()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", "wonderland", limit.Token);
        await using var desk = await SignInAsync(server, "bob", "builder", limit.Token, "desk");
        await using var home = await SignInAsync(server, "bob", "builder", limit.Token, "home");
        await alice.AddAsync("bob", "Friends", limit.Token);

        await desk.SetStatusAsync("busy", "At the crane", limit.Token);
        await home.Host.WaitUntilAsync("status.get", null, mine => Status(mine) == "busy" && Shows(mine, "At the crane"), limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == "busy" && Shows(buddy, "At the crane"), limit.Token);

        // Two publications of one version: the later one is refused with 409, and SIPE repeats it upon the version that it is told.
        await Task.WhenAll(desk.SetStatusAsync("do-not-disturb", null, limit.Token), home.SetStatusAsync("be-right-back", null, limit.Token));
        string? shown;
        do
        {
            shown = Status(await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) is "do-not-disturb" or "be-right-back", limit.Token));
        }
        while (Status(await desk.Host.DoAsync("status.get", null, limit.Token)) != shown || Status(await home.Host.DoAsync("status.get", null, limit.Token)) != shown);

        await home.SignOutAsync(limit.Token);
        await desk.SignOutAsync(limit.Token);
        await alice.WaitForBuddyAsync("bob", buddy => Status(buddy) == "offline", limit.Token);
        await alice.SignOutAsync(limit.Token);
        alice.Log.RequireNoError();
        desk.Log.RequireNoError();
        home.Log.RequireNoError();
    }

    private static bool Shows(System.Text.Json.JsonElement shown, string text) => shown.ToString().Contains(text, StringComparison.Ordinal);

    private static string? Status(System.Text.Json.JsonElement buddy) => buddy.GetProperty("status").GetString();

    private async Task<PurpleSipe> SignInAsync(UcServer server, string name, string password, CancellationToken cancellationToken, string? machine = null)
    {
        var user = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], name, password, cancellationToken, machine);
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
