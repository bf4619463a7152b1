using System.Text.Json;

namespace UcSdk.Interop.Tests;

/// <summary>What becomes of messages between SIPE users that are not simply heard: nobody there, blocked, windows closed and opened again, two places to be.</summary>
public sealed class PurpleConversationTests(PurpleProgram program)
{
    [Fact]
    public async Task Who_is_not_there_and_who_has_blocked_her_are_told_to_her_in_the_same_words()
    {
        await using var house = await PurpleHouse.OpenAsync(program);
        var (alice, bob) = (await house.SignInAsync("alice"), await house.SignInAsync("bob"));

        var absent = await WriteInVainAsync(alice, "carol", "Are you there?", house.Token);
        Assert.Contains("Are you there?", absent, StringComparison.Ordinal);

        await bob.AddAsync("alice", "Friends", house.Token);
        await bob.ChooseAsync("alice", house.Token, "Access level", "Blocked");
        await bob.WaitForAccessLevelAsync("alice", "* Blocked", house.Token);
        var blocked = await WriteInVainAsync(alice, "bob", "Are you there?", house.Token);
        Assert.Equal(absent.Replace("carol", "bob", StringComparison.Ordinal), blocked);

        await bob.ChooseAsync("alice", house.Token, "Access level", "Personal");
        await bob.WaitForAccessLevelAsync("alice", "* Personal", house.Token);
        await SayAsync(alice, bob, "And now?", house.Token);
        await house.CloseAsync(6, alice, bob);
    }

    [Fact]
    public async Task A_window_that_either_closes_opens_again_with_the_next_message()
    {
        await using var house = await PurpleHouse.OpenAsync(program);
        var (alice, bob) = (await house.SignInAsync("alice"), await house.SignInAsync("bob"));
        await SayAsync(alice, bob, "one", house.Token);

        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, house.Token);
        await bob.Host.WaitForLogAsync("\nBYE sip:", 1, house.Token);
        await SayAsync(alice, bob, "two", house.Token);
        await SayAsync(bob, alice, "three", house.Token);

        await bob.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("alice") }, house.Token);
        await alice.Host.WaitForLogAsync("\nBYE sip:", 2, house.Token);
        await SayAsync(alice, bob, "four", house.Token);

        // He goes home without a word, and comes back: the session is gone, so her client begins another with the next message.
        await bob.SignOutAsync(house.Token);
        var again = await house.SignInAsync("bob");
        await alice.SayAsync("bob", "five", house.Token);
        await alice.SayAsync("bob", "six", house.Token);
        await again.Host.WaitForAsync("received-im", said => said.GetProperty("text").GetString() == "six", house.Token);
        await house.CloseAsync(6, alice, again);
        alice.Log.RequireEverySignatureValidated(atLeast: 12);
    }

    [Fact]
    public async Task Of_his_two_places_one_gets_the_conversation()
    {
        await using var house = await PurpleHouse.OpenAsync(program);
        var alice = await house.SignInAsync("alice");
        var (desk, home) = (await house.SignInAsync("bob", "desk"), await house.SignInAsync("bob", "home"));

        // SIPE that knows of another place of its user waits ten seconds before it answers.
        await alice.SayAsync("bob", "Where are you?", house.Token);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(house.Token);
        var (atDesk, atHome) = (desk.HearAsync(waiting.Token), home.HearAsync(waiting.Token));
        var first = await Task.WhenAny(atDesk, atHome);
        Assert.Equal("Where are you?", await first);
        var (heard, other) = first == atDesk ? (desk, atHome) : (home, atDesk);

        await SayAsync(heard, alice, "Here", house.Token);
        await SayAsync(alice, heard, "Stay", house.Token);
        await house.CloseAsync(4, alice, desk, home);
        await waiting.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => other);
    }

    private static async Task SayAsync(PurpleSipe from, PurpleSipe to, string text, CancellationToken cancellationToken)
    {
        await from.SayAsync(to.Name, text, cancellationToken);
        Assert.Equal(text, await to.HearAsync(cancellationToken));
    }

    private static async Task<string> WriteInVainAsync(PurpleSipe from, string to, string text, CancellationToken cancellationToken)
    {
        await from.SayAsync(to, text, cancellationToken);
        JsonElement notice = await from.Host.WaitForAsync("conversation-notice", said => said.GetProperty("conversation").GetString() == PurpleSipe.UriOf(to), cancellationToken);
        return notice.GetProperty("text").GetString()!;
    }
}
