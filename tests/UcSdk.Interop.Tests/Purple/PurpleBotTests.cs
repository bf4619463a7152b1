namespace UcSdk.Interop.Tests;

/// <summary>The sample ImBot as a process, with SIPE as its user.</summary>
public sealed class PurpleBotTests(PurpleProgram program)
{
    [Fact]
    public async Task The_bot_answers_sipe_takes_a_message_and_comes_to_her_group_conversation()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 4);
        await using var bot = PeerProcess.Start(
            "dotnet",
            new Dictionary<string, string> { ["UCSDK_PASSWORD"] = PurpleHouse.PasswordOf("bot") },
            Sample.Assembly("ImBot"), "--uri", PurpleSipe.UriOf("bot"), "--server", $"{house.Server.ListenAddresses[0]}");
        await bot.WaitForTextAsync("SignedIn", house.Token);
        var alice = await house.SignInAsync("alice");

        Assert.StartsWith("help: this", await AskAsync("help"), StringComparison.Ordinal);
        Assert.Matches("^[A-Z][a-z]+day, [0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2}$", await AskAsync("time"));
        Assert.Equal("They are not there. I will tell them.", await AskAsync("tell sip:bob@contoso.test lunch is ready"));
        var bob = await house.SignInAsync("bob");
        Assert.EndsWith("says: lunch is ready", await bob.HearAsync(house.Token), StringComparison.Ordinal);

        await alice.AddAsync("bot", "Friends", house.Token);
        await alice.ChooseAsync("bot", house.Token, "New chat");
        var chat = await alice.WaitForChatAsync(house.Token);
        await alice.HearInChatAsync("bot", "Hello, everybody. I answer to: help", house.Token);
        await alice.DoAsync("chat.invite", new() { ["chat"] = chat, ["who"] = PurpleSipe.UriOf("bob") }, house.Token);
        await alice.Host.WaitForAsync("received-chat", static said => said.GetProperty("text").GetString()!.StartsWith("Welcome, bob", StringComparison.OrdinalIgnoreCase), house.Token);
        await alice.SayInChatAsync(chat, "who", house.Token);
        await alice.Host.WaitForAsync("received-chat", static said => said.GetProperty("text").GetString() == "alice bob bot", house.Token);

        await alice.DoAsync("chat.leave", new() { ["chat"] = chat }, house.Token);
        await alice.SignOutAsync(house.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 10);
        await bot.InterruptAsync(house.Token);
        Assert.Equal((0, ""), (await bot.WaitForExitAsync(house.Token), bot.Errors));

        async Task<string> AskAsync(string question)
        {
            await alice.SayAsync("bot", question, house.Token);
            return await alice.HearAsync(house.Token);
        }
    }
}
