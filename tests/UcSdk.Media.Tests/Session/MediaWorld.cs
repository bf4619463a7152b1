using System.Net;
using UcSdk.Core;

namespace UcSdk.Media.Tests.Session;

/// <summary>People with media sessions on one in-memory network, in virtual time.</summary>
internal sealed class MediaWorld : IDisposable
{
    private readonly SeededRandomSource _random = new(7);
    private int _people;

    public MediaWorld(MemoryMediaNetworkOptions? conditions = null) => Network = new(Scheduler, conditions ?? new());

    public SimulationScheduler Scheduler { get; } = new();

    public MemoryMediaNetwork Network { get; }

    /// <summary>A session on a loop of its own, with an address of its own.</summary>
    public MediaSession Person(MediaSessionOptions? options = null, SerialLoop? loop = null) =>
        new(loop ?? new(Scheduler), _random.Fork(), Host(), options ?? new());

    public IMediaNetwork Host() => Network.GetHost(new IPAddress([10, 0, 0, (byte)++_people]));

    /// <summary>Alice offers, Bob answers; both start.</summary>
    public (MediaSession Alice, MediaSession Bob) Call(MediaSessionOptions? alice = null, MediaSessionOptions? bob = null)
    {
        var pair = (Alice: Person(alice), Bob: Person(bob));
        Agree(pair.Alice, pair.Bob);
        pair.Alice.Start();
        pair.Bob.Start();
        return pair;
    }

    public void Agree(MediaSession offerer, MediaSession answerer) => Scheduler.Run(async () =>
    {
        var offer = await offerer.CreateOfferAsync();
        await offerer.ApplyAnswerAsync(await answerer.CreateAnswerAsync(offer));
    });

    public MediaStatistics Statistics(MediaSession session) => Scheduler.Run(() => session.GetStatisticsAsync());

    public void Close(params MediaSession[] sessions) => Scheduler.Run(async () =>
    {
        foreach (var session in sessions)
        {
            await session.CloseAsync();
        }
    });

    public void Dispose() => Network.Dispose();

    public static List<string> Watch(MediaSession session)
    {
        var changes = new List<string>();
        session.StateChanged += (_, change) => changes.Add($"{change.Current}/{change.Reason}");
        return changes;
    }
}
