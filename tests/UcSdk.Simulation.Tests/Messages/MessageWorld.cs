using System.Globalization;
using System.Security.Cryptography;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>A server, and people who write to each other over a network that delays, cuts into pieces, breaks and falls silent.</summary>
internal sealed class MessageWorld : IDisposable
{
    public const string Domain = "contoso.test";
    public const string ServerHost = "sip." + Domain;

    public MessageWorld(ulong seed, MessagePlan plan)
    {
        Random = new(seed);
        Plan = plan;
        Network = FaultyNetwork.Create(Scheduler, Random, leastSegment: 100, plan.KeepsTranscript);
        foreach (var (kind, count) in Enumerable.Repeat((TalkKind.Pair, 2), plan.Pairs)
            .Concat(plan.Meetings.Select(count => (TalkKind.Meeting, count)))
            .Concat(plan.Escalations.Select(count => (TalkKind.Escalated, count))))
        {
            var members = Enumerable.Range(People.Count, count)
                .Select(number => new Talker(this, "p" + number.ToString(CultureInfo.InvariantCulture), hasPhone: kind == TalkKind.Pair && Random.Next(2) == 0)).ToArray();
            var talk = new Talk(kind, members, beginsTogether: Random.Next(2) == 0);
            Array.ForEach(members, member => member.Talk = talk);
            People.AddRange(members);
            Talks.Add(talk);
        }

        PlainPeople.AddRange(Enumerable.Range(0, plan.PlainClients).Select(number => new PlainTalker(this, "q" + number.ToString(CultureInfo.InvariantCulture), People[number])));
        Server = CreateServer();
        Scheduler.Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    public SeededRandomSource Random { get; }

    public MessagePlan Plan { get; }

    public MemoryNetwork Network { get; }

    public UcServer Server { get; private set; }

    public List<Talker> People { get; } = [];

    /// <summary>Those with plain clients, the first of whom writes to the first of the people, and so on.</summary>
    public List<PlainTalker> PlainPeople { get; } = [];

    public List<Talk> Talks { get; } = [];

    public MessageHistory History { get; } = new();

    public Tally Tally { get; } = new();

    public TimeSpan Now => Scheduler.Clock.Now - new Timestamp(0);

    /// <summary>Everything sent, one line each, with its time and what identifies its bytes.</summary>
    public IReadOnlyList<string> DescribeTranscript() => [.. Network.Transcript.Select(entry => $"{entry} {Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.Span))}")];

    /// <summary>The server goes, in order or without a word, and after the pause there is another that knows no conference.</summary>
    public async Task RestartServerAsync(bool inOrder, TimeSpan pause)
    {
        Tally.Count("faults", inOrder ? "server restarted" : "server crashed");
        var from = Now;
        var broken = People.SelectMany(person => person.Places.Where(place => place.IsConnected).Select(_ => person.Uri))
            .Concat(PlainPeople.Where(person => person.IsConnected).Select(person => person.Uri)).ToArray();
        await (inOrder ? Server.DisposeAsync().AsTask() : Server.AbortAsync());
        await Scheduler.DelayAsync(pause);
        Server = CreateServer();
        await Server.StartAsync();
        History.Faults++;
        History.Troubles.AddRange(broken.Select(uri => new MessageTrouble(uri, "restart", from, Now)));
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
            Users = [.. People.Select(person => new UcServerUser(person.Name) { DisplayName = person.Name.ToUpperInvariant() }), .. PlainPeople.Select(person => new UcServerUser(person.Name))],
            Listen = [new("TCP", ServerHost, 5060)],
            Network = Network,
        },
        new LoopRuntime(Scheduler, Random.Fork()),
        ServerSeams.None);
}
