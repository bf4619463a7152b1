using System.Text.Json;

namespace UcSdk.Interop.Tests;

/// <summary>Two SIPE users who talk through the embedded server, each message signed on either leg.</summary>
public sealed class PurpleMessageTests(PurpleProgram program)
{
    [Fact]
    public async Task Bob_sees_alice_type_hears_her_and_answers_until_she_hangs_up()
    {
        await using var house = await PurpleHouse.OpenAsync(program);
        var (alice, bob) = (await house.SignInAsync("alice"), await house.SignInAsync("bob"));

        await alice.SayAsync("bob", "Down the <b>rabbit-hole</b>?", house.Token);
        var heard = await bob.Host.WaitForAsync("received-im", static _ => true, house.Token);
        Assert.Equal((PurpleSipe.UriOf("alice"), "Down the rabbit-hole?"), (Text(heard, "from"), Text(heard, "text")));
        // SIPE sends one format for the whole message, and that arrives.
        Assert.Contains("<B>", Text(heard, "html"), StringComparison.Ordinal);

        await alice.DoAsync("im.typing", new() { ["to"] = PurpleSipe.UriOf("bob") }, house.Token);
        Assert.Equal(PurpleSipe.UriOf("alice"), Text(await bob.Host.WaitForAsync("buddy-typing", static _ => true, house.Token), "who"));

        await bob.SayAsync("alice", "Curiouser & curiouser!", house.Token);
        Assert.Equal("Curiouser & curiouser!", await alice.HearAsync(house.Token));

        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, house.Token);
        await bob.Host.WaitForLogAsync("\nBYE sip:", 1, house.Token);
        await house.CloseAsync(6, alice, bob);
    }

    private static string? Text(JsonElement said, string name) => said.GetProperty(name).GetString();
}
