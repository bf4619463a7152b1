namespace UcSdk.Interop.Tests;

/// <summary>The host itself: what the other tests rest on.</summary>
public sealed class PurpleHostTests(PurpleProgram program)
{
    [Fact]
    public async Task What_cannot_be_done_is_answered_with_its_reason_and_the_host_lives_on()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var host = await PurpleHost.StartAsync(program, limit.Token);

        Assert.Equal("there is no command 'dance'", await RefusalAsync("dance", null));
        Assert.Equal("there is no account", await RefusalAsync("account.connect", null));
        Assert.Equal("there is no protocol 'prpl-none'", await RefusalAsync("account.create", new() { ["protocol"] = "prpl-none", ["username"] = "alice" }));
        Assert.Equal("'username' is missing, or no string", await RefusalAsync("account.create", new() { ["protocol"] = "prpl-sipe", ["username"] = 7 }));
        await host.DoAsync("account.create", new() { ["protocol"] = "prpl-sipe", ["username"] = "alice@contoso.test,alice" }, limit.Token);
        Assert.Equal("alice@contoso.test,alice is not signed on", await RefusalAsync("plugin.menu", null));
        Assert.Equal("there is no status 'dancing'", await RefusalAsync("status.set", new() { ["status"] = "dancing" }));
        Assert.Equal("request 7 is not open", await RefusalAsync("request.answer", new() { ["request"] = 7 }));
        await host.StopAsync(limit.Token);

        async Task<string?> RefusalAsync(string command, System.Text.Json.Nodes.JsonObject? arguments) =>
            (await host.TryAsync(command, arguments, limit.Token)).TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    [Fact]
    public async Task SIPE_has_the_statuses_and_options_that_its_users_choose_from()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var host = await PurpleHost.StartAsync(program, limit.Token);
        await host.DoAsync("account.create", new() { ["protocol"] = "prpl-sipe", ["username"] = "alice@contoso.test,alice", ["options"] = new System.Text.Json.Nodes.JsonObject { ["transport"] = "tcp", ["dont-publish"] = true } }, limit.Token);

        var types = (await host.DoAsync("status.types", null, limit.Token)).GetProperty("types").EnumerateArray();
        Assert.Equal(
            ["available", "busy", "do-not-disturb", "away", "be-right-back", "invisible", "offline"],
            types.Where(type => type.GetProperty("settable").GetBoolean()).Select(type => type.GetProperty("id").GetString()));
        var options = (await host.DoAsync("account.options", null, limit.Token)).GetProperty("options").EnumerateArray().ToDictionary(option => option.GetProperty("name").GetString()!);
        Assert.Equal("tcp", options["transport"].GetProperty("value").GetString());
        Assert.True(options["dont-publish"].GetProperty("value").GetBoolean());
        await host.StopAsync(limit.Token);
    }
}
