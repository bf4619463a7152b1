using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;
using Xunit.Sdk;

namespace UcSdk.TestKit;

/// <summary>
/// A server, people with clients, and the networks between them: all in memory, on one thread, in virtual time, from one seed. A test tells
/// what people do; the world keeps what they say on the wire and what they see happen.
/// </summary>
internal sealed class World : IDisposable
{
    public const string Domain = "contoso.test";

    // Longer than anything that waits for a peer that has gone (64·T1), plus what is left of it.
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(70);

    private readonly SeededRandomSource _random;
    private readonly List<Person> _people = [];
    private readonly List<Task> _begun = [];
    private byte _hosts;

    public World(WorldOptions? options = null)
    {
        Options = options ?? new();
        _random = new(Options.Seed);
        Network = new MemoryNetwork(new MemoryNetworkOptions { Seed = _random.NextUInt64(), Delay = Options.Delay }, NextRuntime());
        Media = new MemoryMediaNetwork(Scheduler, Options.Media with { Seed = _random.NextUInt64() });
        Wire = new Wire(Network);
        var serverOptions = new UcServerOptions
        {
            Domain = Domain,
            Users = [new("alice") { DisplayName = "Alice" }, new("bob") { DisplayName = "Bob" }, new("carol") { DisplayName = "Carol" }, new("dave") { DisplayName = "Dave" }],
            Network = Network,
            MediaNetwork = NextMediaHost(),
        };
        Server = new UcServer(Options.Server?.Invoke(serverOptions) ?? serverOptions, NextRuntime(), Options.ServerSeams);
    }

    public WorldOptions Options { get; }

    public SimulationScheduler Scheduler { get; } = new();

    public MemoryNetwork Network { get; }

    public MemoryMediaNetwork Media { get; }

    public UcServer Server { get; }

    /// <summary>Everything that was said.</summary>
    public Wire Wire { get; }

    public IReadOnlyList<Person> People => _people;

    /// <summary>The world's clock, for programs that want one.</summary>
    public TimeProvider Time => Scheduler.Time;

    public TimeSpan Now => Scheduler.Clock.Now - new Timestamp(0);

    /// <summary>
    /// Tells a story from its beginning to its end: at the end everybody signs out, and nothing may be left open anywhere. Where it goes
    /// wrong, the failure says from which seed and what was said.
    /// </summary>
    public static void Tell(Func<World, Task> story, WorldOptions? options = null)
    {
        using var world = new World(options);
        try
        {
            world.Scheduler.Run(async () =>
            {
                await world.Server.StartAsync();
                await story(world);
                await world.EndAsync();
            });
            world.Dispose();
            Assert.Equal(0, world.Scheduler.Clock.ArmedTimers);
        }
        catch (XunitException failure)
        {
            throw new XunitException($"{failure.Message}{Environment.NewLine}{world}", failure);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}{Environment.NewLine}{world}", failure);
        }
    }

    /// <summary>A person with a client that has not signed in.</summary>
    /// <param name="name">Who.</param>
    /// <param name="host">The machine; by default it is called like the person.</param>
    public Person Introduce(string name, string? host = null)
    {
        var person = new Person(this, name, host ?? name);
        _people.Add(person);
        return person;
    }

    /// <summary>A person who is signed in.</summary>
    public async Task<Person> SignInAsync(string name, string? host = null)
    {
        var person = Introduce(name, host);
        await person.Client.SignInAsync(person.Address);
        return person;
    }

    public LoopRuntime NextRuntime() => new(Scheduler, _random.Fork());

    public RandomSource NextRandom() => _random.Fork();

    public IMediaNetwork NextMediaHost() => Media.GetHost(new IPAddress([10, 0, 0, ++_hosts]));

    /// <summary>
    /// Takes what a story has begun; what comes of it, null or a failure that the object model names, is the result. When the story ends it
    /// must have ended too.
    /// </summary>
    public Task<Exception?> Begin(Task work)
    {
        var outcome = RecordAsync(work);
        _begun.Add(outcome);
        return outcome;
    }

    /// <summary>Lets time pass.</summary>
    public Task DelayAsync(TimeSpan time) => Scheduler.DelayAsync(time);

    /// <summary>Lets time pass up to the moment, counted from the line.</summary>
    public Task DelayAsync(WireLine from, TimeSpan time) => Scheduler.DelayAsync(from.Time + time - Now);

    /// <summary>Lets time pass, in steps of 1 ms, until something is so; five minutes are enough for everything.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var patience = 300_000; !condition(); patience--)
        {
            Assert.True(patience > 0, $"It never came to this: {what}.");
            await DelayAsync(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Lets time pass until the line was said.</summary>
    public Task UntilAsync(string line) => UntilAsync(() => Wire.Has(line), line);

    /// <summary>Asserts that nobody is in a conference any more and that nothing of one is left, on either side.</summary>
    public async Task AssertNobodyMeetsAsync()
    {
        await DelayAsync(QuietTime);
        var counts = await Server.GetCountsAsync();
        Assert.Equal(
            (0, 0, 0, 0, 0, 0),
            (counts.ConferenceUsers, counts.FocusDialogs, counts.RosterSubscriptions, counts.MediaLegs, counts.Mixers, counts.Work));
        AssertQuiet("server", counts.Sip);
        foreach (var person in _people)
        {
            var held = person.Client.Counts;
            Assert.True((held with { Conversations = 0 }).IsEmpty, $"{person.Host} holds {held}");
            if (held.Sip is { } sip)
            {
                AssertQuiet(person.Host, sip);
            }
        }

        Assert.Equal(0, Media.OpenPorts);
    }

    public void Dispose()
    {
        Network.Dispose();
        Media.Dispose();
        Scheduler.RunUntilIdle();
    }

    /// <summary>The seed, what was said, and what everybody saw.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        [$"Seed {Options.Seed}, at {Now}.", .. Wire.Lines.Select(line => $"{line.Time:c} {line}"), .. _people.SelectMany(person => person.Chronicle)]);

    private static async Task<Exception?> RecordAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (Exception failure) when (failure is LyncClientException or InvalidStateException or OperationCanceledException)
        {
            return failure;
        }
    }

    // What lives as long as a sign-in, like the subscription to one's own presence, is no noise; those of conferences are counted for themselves.
    private static void AssertQuiet(string who, SipEndpointCounts counts)
    {
        var lasting = counts.Subscriptions + counts.NotifierSubscriptions;
        var still = counts with { Flows = 0, Registrations = 0, Timers = 0, Subscriptions = 0, NotifierSubscriptions = 0, Dialogs = counts.Dialogs - lasting };
        Assert.True(still == new SipEndpointCounts(), $"{who} still holds {still}");
    }

    private async Task EndAsync()
    {
        Assert.All(_begun, work => Assert.True(work.IsCompleted, "Something that the story has begun never ended."));
        foreach (var person in _people)
        {
            await person.Client.DisposeAsync();
            Assert.True(person.Client.Counts.IsEmpty, $"{person.Host} holds {person.Client.Counts}");
            Assert.Equal(new SipEndpointCounts(), person.Client.Counts.Sip ?? new());
        }

        await DelayAsync(QuietTime);
        var before = await Server.GetCountsAsync();
        Assert.Equal((0, 0, 0), (before.Bindings, before.ConferenceUsers, before.Sip.Flows));
        await Server.DisposeAsync();
        var after = await Server.GetCountsAsync();
        Assert.Equal(new UcServerCounts(0, 0, 0, 0, 0, 0, 0, 0, new SipEndpointCounts()), after);
        Assert.Equal((0, 0), (Network.OpenFlows, Media.OpenPorts));
    }
}
