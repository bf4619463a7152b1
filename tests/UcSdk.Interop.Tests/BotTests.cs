using System.Text.Json;

namespace UcSdk.Interop.Tests;

/// <summary>The sample ImBot as a process, beside the Lab as another.</summary>
public sealed class BotTests
{
    [Fact]
    public async Task The_bot_answers_over_sockets_keeps_what_is_said_and_ends_in_order()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        await using var lab = await LabProcess.StartAsync("tcp", limit.Token, "--user", "alice", "--user", "bot:tin");
        await using var bot = PeerProcess.Start(
            "dotnet",
            new Dictionary<string, string> { ["UCSDK_PASSWORD"] = "tin" },
            Sample.Assembly("ImBot"), "--uri", "sip:bot@contoso.test", "--server", $"{lab.Address}", "--history", directory["bot.jsonl"], "--json");
        await bot.WaitForTextAsync("{\"event\":\"SignedIn (SignedIn)\"}", limit.Token);

        await using (var alice = new OurUser(new LyncClient(new LyncClientOptions { Server = lab.Address, TransportFactory = () => Loopback.Open("TCP") }), limit.Token))
        {
            await alice.Client.SignInAsync("sip:alice@contoso.test", limit.Token);
            await alice.SayAsync("bot", "who");
            await alice.HearAsync("bot", "alice@contoso.test\nbot@contoso.test");
            await alice.Client.SignOutAsync(limit.Token);
        }

        await bot.InterruptAsync(limit.Token);
        Assert.Equal((0, ""), (await bot.WaitForExitAsync(limit.Token), bot.Errors));
        Assert.All(bot.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotEmpty(JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!));
        Assert.DoesNotContain("tin\"", bot.Output, StringComparison.Ordinal);

        await using var history = new JsonLinesHistory(directory["bot.jsonl"]);
        var kept = await history.QueryAsync(new(), limit.Token);
        Assert.Equal(["who", "alice@contoso.test\nbot@contoso.test"], kept.Select(message => message.Text));
        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(kept[1].Results).Outcome);
        Assert.Equal(0, await lab.StopAsync(limit.Token));
    }

    [Fact]
    public async Task Help_names_every_option_and_a_wrong_one_ends_with_2()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var help = await PeerProcess.RunAsync("dotnet", [Sample.Assembly("ImBot"), "--help"], limit.Token);
        Assert.All(["--uri", "--password", "--server", "--trust", "--json", "--history", "--capture"], option => Assert.Contains(option, help, StringComparison.Ordinal));

        await using var wrong = PeerProcess.Start("dotnet", Sample.Assembly("ImBot"), "--uri", "bot");
        Assert.Equal(2, await wrong.WaitForExitAsync(limit.Token));
        Assert.Equal("ImBot: --uri takes sip:USER@DOMAIN, not bot.", wrong.Errors.Trim());
    }
}
