using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE's contact list at the embedded server: kept there, and the same at all her endpoints.</summary>
public sealed class PurpleContactTests(PurpleProgram program)
{
    [Fact]
    public async Task What_she_has_put_into_her_list_is_there_when_she_comes_back()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using (var alice = await SignInAsync(server, limit.Token))
        {
            Assert.Equal("", await alice.ListAsync(limit.Token));
            // The group, then the contact in it.
            await alice.AddAsync("bob", "Friends", limit.Token);
            await alice.Host.WaitForLogAsync("<contactDelta", 2, limit.Token);
            await alice.AddAsync("carol", "Work", limit.Token);
            await alice.Host.WaitForLogAsync("<contactDelta", 4, limit.Token);
            await alice.SignOutAsync(limit.Token);
            alice.Log.RequireNoError();
        }

        await using var again = await SignInAsync(server, limit.Token);
        await again.WaitForListAsync("Friends: bob; Work: carol", limit.Token);
        await again.SignOutAsync(limit.Token);
        again.Log.RequireNoError();
    }

    [Fact]
    public async Task What_she_changes_at_one_endpoint_changes_at_the_other()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var desk = await SignInAsync(server, limit.Token, "desk");
        await using var home = await SignInAsync(server, limit.Token, "home");

        await desk.AddAsync("bob", "Friends", limit.Token);
        await home.WaitForListAsync("Friends: bob", limit.Token);
        await home.AddAsync("carol", "Work", limit.Token);
        await desk.WaitForListAsync("Friends: bob; Work: carol", limit.Token);

        await desk.DoAsync("buddy.move", new() { ["name"] = PurpleSipe.UriOf("bob"), ["to"] = "Work" }, limit.Token);
        await home.WaitForListAsync("Work: bob carol", limit.Token);
        await home.DoAsync("group.rename", new() { ["name"] = "Work", ["to"] = "Colleagues" }, limit.Token);
        await desk.WaitForListAsync("Colleagues: bob carol", limit.Token);
        await desk.DoAsync("buddy.remove", new() { ["name"] = PurpleSipe.UriOf("carol") }, limit.Token);
        await home.WaitForListAsync("Colleagues: bob", limit.Token);

        await desk.SignOutAsync(limit.Token);
        await home.SignOutAsync(limit.Token);
        desk.Log.RequireNoError();
        home.Log.RequireNoError();
    }

    [Fact]
    public async Task Whom_she_looks_for_she_finds_in_the_directory()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await SignInAsync(server, limit.Token);

        await alice.DoAsync("plugin.choose", new() { ["label"] = "Contact search..." }, limit.Token);
        var form = await alice.Host.WaitForAsync("request", request => request.GetProperty("kind").GetString() == "fields", limit.Token);
        await alice.DoAsync("request.answer", new() { ["request"] = form.GetProperty("request").GetInt32(), ["values"] = new System.Text.Json.Nodes.JsonObject { ["given"] = "Bo" } }, limit.Token);
        var found = await alice.Host.WaitForAsync("notify-searchresults", static _ => true, limit.Token);
        Assert.Contains("bob@contoso.test", found.ToString(), StringComparison.Ordinal);
        await alice.SignOutAsync(limit.Token);
    }

    private async Task<PurpleSipe> SignInAsync(UcServer server, CancellationToken cancellationToken, string? machine = null)
    {
        var user = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", cancellationToken, machine);
        await user.Host.WaitForLogAsync("<contactList", 1, cancellationToken);
        return user;
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { DisplayName = "Alice", Password = new SipPassword("wonderland") }, new("bob") { DisplayName = "Bob Builder" }, new("carol") { DisplayName = "Carol" }],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
