using System.Globalization;
using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// A server, people with their clients, and the two networks between them: on one thread, in virtual time, from one seed. The timers are
/// those of a hurry, so that what waits for them does not need minutes of audio.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    public const string ServerHost = "sip.contoso.test";

    /// <summary>A tenth and less of what the RFC has: transactions end after 6.4 s.</summary>
    public static readonly SipTimings Timings = new()
    {
        T1 = TimeSpan.FromMilliseconds(100),
        T2 = TimeSpan.FromMilliseconds(800),
        T4 = TimeSpan.FromSeconds(1),
        ProxyInviteTimeout = TimeSpan.FromSeconds(8),
    };

    private static readonly IPAddress ServerAddress = IPAddress.Parse("10.0.0.1");
    private readonly List<SimulatedPerson> _people = [];
    private readonly MediaTap _serverMedia;

    public SimulatedWorld(ulong seed, SimulatedConditions conditions, int people)
    {
        Random = new(seed);
        Conditions = conditions;
        Network = new(
            new MemoryNetworkOptions
            {
                Seed = Random.NextUInt64(),
                Delay = conditions.Signalling.Delay,
                Jitter = conditions.Signalling.Jitter,
                MaxSegmentBytes = conditions.MaxSegmentBytes,
                ConnectTimeout = TimeSpan.FromSeconds(3),
                KeepTranscript = conditions.KeepTranscript,
            },
            new LoopRuntime(Scheduler, Random.Fork()));
        Media = new(Scheduler, new MemoryMediaNetworkOptions
        {
            Seed = Random.NextUInt64(),
            Delay = conditions.Media.Delay,
            Jitter = conditions.Media.Jitter,
            Loss = conditions.Media.Loss,
            Duplication = conditions.Media.Duplication,
        });
        _serverMedia = new(this, ServerAddress);
        for (var i = 0; i < people; i++)
        {
            _people.Add(new(this, "p" + i.ToString(CultureInfo.InvariantCulture), IPAddress.Parse($"10.0.1.{i + 1}")));
        }

        Server = CreateServer();
        Scheduler.Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    /// <summary>Draws what the people and the faults do; the networks, the clients and the server each have a source of their own.</summary>
    public SeededRandomSource Random { get; }

    public SimulatedConditions Conditions { get; }

    public MemoryNetwork Network { get; }

    public MemoryMediaNetwork Media { get; }

    public UcServer Server { get; private set; }

    public IReadOnlyList<SimulatedPerson> People => _people;

    /// <summary>Every datagram that was sent, when a transcript is kept.</summary>
    public List<MediaSending> MediaTranscript { get; } = [];

    /// <summary>Hosts whose datagrams vanish.</summary>
    public HashSet<IPAddress> SilencedMedia { get; } = [];

    public TimeSpan Now => Scheduler.Clock.Now - new Timestamp(0);

    /// <summary>Everything sent, signalling and media, one line each, with its time and what identifies its bytes.</summary>
    public IReadOnlyList<string> DescribeTranscript() =>
    [
        .. Network.Transcript.Select(entry => $"{entry} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(entry.Bytes.Span))}"),
        .. MediaTranscript.Select(sending => sending.ToString()),
    ];

    public async Task<UcServerCounts> CountServerAsync() => await Server.GetCountsAsync();

    /// <summary>The server breaks down without a word and forgets everything; after the pause there is a new one at the same address.</summary>
    public async Task CrashServerAsync(TimeSpan pause)
    {
        await Server.AbortAsync();
        await Scheduler.DelayAsync(pause);
        Server = CreateServer();
        await Server.StartAsync();
    }

    /// <summary>Nothing reaches or leaves the person's host, and nobody is told.</summary>
    public void Isolate(SimulatedPerson person)
    {
        Network.Block(person.Host);
        SilencedMedia.Add(person.Address);
    }

    public void Heal(SimulatedPerson person)
    {
        Network.Unblock(person.Host);
        SilencedMedia.Remove(person.Address);
    }

    public void Dispose()
    {
        Network.Dispose();
        Media.Dispose();
        Scheduler.RunUntilIdle();
    }

    private UcServer CreateServer() => new(
        new UcServerOptions
        {
            Users = [.. _people.Select(person => new UcServerUser(person.Name) { DisplayName = person.Name.ToUpperInvariant() })],
            Network = Network,
            MediaNetwork = _serverMedia,
            Timings = Timings,
        },
        new LoopRuntime(Scheduler, Random.Fork()),
        ServerSeams.None);
}
