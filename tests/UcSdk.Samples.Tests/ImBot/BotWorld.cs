using ImBot;

namespace UcSdk.Samples.Tests;

/// <summary>A world in virtual time with the bot in it, and people who talk with it.</summary>
internal sealed class BotWorld
{
    private readonly World _world;

    private BotWorld(World world) => _world = world;

    /// <summary>What the bot has told of itself.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The bot's client.</summary>
    public LyncClient Client { get; private set; } = null!;

    public string Address => $"sip:bot@{World.Domain}";

    public TimeProvider Time => _world.Time;

    /// <summary>Tells a story in which the bot is signed in.</summary>
    /// <param name="story">What people do.</param>
    /// <param name="hasPresence">Whether anybody sees who comes and goes.</param>
    public static void Tell(Func<BotWorld, Task> story, bool hasPresence = true) => World.Tell(
        async world =>
        {
            var told = new BotWorld(world);
            var bot = world.Introduce("bot");
            told.Client = bot.Client;
            _ = new Bot(bot.Client, told.Time, told.Log.Add);
            await bot.Client.SignInAsync(bot.Address);
            await story(told);
            Assert.DoesNotContain(told.Log, line => line.StartsWith("failed: ", StringComparison.Ordinal));
        },
        new() { HasPresence = hasPresence, Server = options => options with { Users = [.. options.Users, new("bot") { DisplayName = "Bot" }] } });

    /// <summary>Somebody who accepts whatever comes.</summary>
    public async Task<BotUser> SignInAsync(string name)
    {
        var person = _world.Introduce(name);
        var user = new BotUser(_world, person.Client, Address);
        await person.Client.SignInAsync(person.Address);
        return user;
    }

    /// <summary>Breaks the bot's connection when the line is said.</summary>
    public async Task CutAtAsync(string line)
    {
        await _world.UntilAsync(line);
        _world.Network.CutHost("bot");
    }

    public Task UntilAsync(Func<bool> condition, string what) => _world.UntilAsync(condition, $"{what}, after {string.Join(" | ", Log)}");

    public Task DelayAsync(TimeSpan time) => _world.DelayAsync(time);
}
