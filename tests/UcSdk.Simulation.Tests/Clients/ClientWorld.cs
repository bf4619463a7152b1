using System.Globalization;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// A server with a store, and people with one or two clients each, who publish, place, watch and keep lists over a network that delays, cuts into pieces, breaks and falls
/// silent.
/// </summary>
internal sealed class ClientWorld : IDisposable
{
    public const string Domain = "contoso.test";
    public const string ServerHost = "sip." + Domain;
    private readonly MemoryServerStore _store = new();

    public ClientWorld(ulong seed, ClientPlan plan)
    {
        Random = new(seed);
        Plan = plan;
        Network = FaultyNetwork.Create(Scheduler, Random, leastSegment: 100);
        for (var i = 0; i < plan.People; i++)
        {
            People.Add(new(this, "p" + i.ToString(CultureInfo.InvariantCulture), desks: i % 3 == 0 ? 2 : 1));
        }

        Server = CreateServer();
        Scheduler.Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    public SeededRandomSource Random { get; }

    public ClientPlan Plan { get; }

    public MemoryNetwork Network { get; }

    public UcServer Server { get; private set; }

    public List<ClientPerson> People { get; } = [];

    public IEnumerable<ClientDesk> Desks => People.SelectMany(person => person.Desks);

    public Tally Tally { get; } = new();

    /// <summary>What somebody was shown and must not have been shown.</summary>
    public List<string> Offences { get; } = [];

    public Timestamp Now => Scheduler.Clock.Now;

    public ClientPerson Find(string uri) => People[int.Parse(uri.AsSpan("sip:p".Length, uri.IndexOf('@', StringComparison.Ordinal) - "sip:p".Length), CultureInfo.InvariantCulture)];

    /// <summary>The server goes, in order or without a word, and after the pause there is another with the same store.</summary>
    public async Task ReplaceServerAsync(bool inOrder, TimeSpan pause)
    {
        Tally.Count("faults", inOrder ? "server restarted" : "server crashed");
        await (inOrder ? Server.DisposeAsync().AsTask() : Server.AbortAsync());
        await Scheduler.DelayAsync(pause);
        Server = CreateServer();
        await Server.StartAsync();
    }

    public void Dispose()
    {
        Network.Dispose();
        Scheduler.RunUntilIdle();
    }

    private UcServer CreateServer() => new(
        new UcServerOptions
        {
            Domain = Domain,
            Users = [.. People.Select(person => new UcServerUser(person.Name) { DisplayName = person.Name.ToUpperInvariant() })],
            Listen = [new("TCP", ServerHost, 5060)],
            Network = Network,
            Store = _store,
        },
        new LoopRuntime(Scheduler, Random.Fork()),
        ServerSeams.None);
}
