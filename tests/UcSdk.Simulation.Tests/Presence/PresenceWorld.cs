using System.Globalization;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>A server and people who publish, place and watch, over a network that delays, cuts into pieces, breaks and falls silent.</summary>
internal sealed class PresenceWorld : IDisposable
{
    public const string Domain = "contoso.test";
    public const string ServerHost = "sip." + Domain;

    public PresenceWorld(ulong seed, PresencePlan plan)
    {
        Random = new(seed);
        Plan = plan;
        Network = FaultyNetwork.Create(Scheduler, Random, leastSegment: 1);
        for (var i = 0; i < plan.People; i++)
        {
            People.Add(new(this, "p" + i.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var person in People)
        {
            while (person.Contacts.Count < plan.Contacts)
            {
                var other = People[Random.Next(People.Count)];
                if (other != person)
                {
                    person.Contacts.Add(other.Uri);
                    if (!plan.MovesInSilence && Random.Next(2) == 0)
                    {
                        other.PlaceSomewhere(person.Address);
                    }
                }
            }
        }

        Server = new UcServer(
            new UcServerOptions
            {
                Domain = Domain,
                Users = [.. People.Select(person => new UcServerUser(person.Name))],
                Listen = [new("TCP", ServerHost, 5060)],
                Network = Network,
                Time = Scheduler.Time,
            },
            new LoopRuntime(Scheduler, Random.Fork()),
            ServerSeams.None);
        Scheduler.Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    public SeededRandomSource Random { get; }

    public PresencePlan Plan { get; }

    public MemoryNetwork Network { get; }

    public UcServer Server { get; }

    public List<PresencePerson> People { get; } = [];

    public Tally Tally { get; } = new();

    /// <summary>What somebody was shown and must not have been shown.</summary>
    public List<string> Offences { get; } = [];

    public Timestamp Now => Scheduler.Clock.Now;

    public PresencePerson Find(string uri) => People[int.Parse(uri.AsSpan("sip:p".Length, uri.IndexOf('@', StringComparison.Ordinal) - "sip:p".Length), CultureInfo.InvariantCulture)];

    public void Dispose()
    {
        Network.Dispose();
        Scheduler.RunUntilIdle();
    }
}
