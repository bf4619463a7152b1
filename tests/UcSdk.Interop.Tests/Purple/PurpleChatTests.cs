namespace UcSdk.Interop.Tests;

/// <summary>SIPE users in a group conversation on the IM MCU of the embedded server.</summary>
public sealed class PurpleChatTests(PurpleProgram program)
{
    [Fact]
    public async Task Alice_gathers_two_in_a_conversation_where_all_hear_all_until_one_leaves_and_one_is_put_out()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 4);
        var (alice, bob, carol) = (await house.SignInAsync("alice"), await house.SignInAsync("bob"), await house.SignInAsync("carol"));
        await alice.AddAsync("bob", "Friends", house.Token);
        await alice.AddAsync("carol", "Friends", house.Token);

        // Factory, focus, roster, chat; and the invitation, which SIPE accepts by itself.
        await alice.ChooseAsync("bob", house.Token, "New chat");
        var hers = await alice.WaitForChatAsync(house.Token);
        var his = await bob.WaitForChatAsync(house.Token);
        await alice.WaitForMembersAsync(hers, 2, house.Token);
        await alice.DoAsync("chat.invite", new() { ["chat"] = hers, ["who"] = PurpleSipe.UriOf("carol") }, house.Token);
        var carols = await carol.WaitForChatAsync(house.Token);
        foreach (var (user, chat) in new[] { (alice, hers), (bob, his), (carol, carols) })
        {
            await user.WaitForMembersAsync(chat, 3, house.Token);
        }

        await SayAsync(house, alice, hers, "Tea?", bob, carol);
        await SayAsync(house, bob, his, "Two lumps, please", alice, carol);
        await SayAsync(house, carol, carols, "Grüße", alice, bob);
        Assert.Equal(3, (await house.Server.GetCountsAsync(house.Token)).MessageLegs);

        await carol.DoAsync("chat.leave", new() { ["chat"] = carols }, house.Token);
        await alice.WaitForMembersAsync(hers, 2, house.Token);
        await SayAsync(house, bob, his, "Only we two", alice);

        var title = (await alice.Host.DoAsync("chat.list", null, house.Token)).GetProperty("chats")[0].GetProperty("title").GetString();
        await alice.ChooseAsync("bob", house.Token, $"Remove from '{title}'");
        await bob.Host.WaitForAsync(
            "conversation-notice", said => said.GetProperty("text").GetString()!.Contains("disconnected from this conference", StringComparison.Ordinal), house.Token);
        await alice.WaitForMembersAsync(hers, 1, house.Token);
        Assert.Equal(1, (await house.Server.GetCountsAsync(house.Token)).MessageLegs);

        await alice.DoAsync("chat.leave", new() { ["chat"] = hers }, house.Token);
        await house.CloseAsync(12, alice, bob, carol);
    }

    private static async Task SayAsync(PurpleHouse house, PurpleSipe from, string chat, string text, params PurpleSipe[] to)
    {
        await from.SayInChatAsync(chat, text, house.Token);
        foreach (var user in to)
        {
            await user.HearInChatAsync(from.Name, text, house.Token);
        }
    }
}
