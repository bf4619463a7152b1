using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>What a day of calls is like: drawn from the seed, so that some days are calm and some are all faults.</summary>
internal sealed record CallPlan
{
    public required CallPath Path { get; init; }

    /// <summary>The transports of the phones' legs, one for each phone: UDP or TCP; without a proxy all are the same.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary>Whether phones on datagrams can be reached by streams too, which long requests then use (RFC 3261 §18.1.1).</summary>
    public bool HasStreamsBeside { get; init; }

    /// <summary>What the network does to datagrams and, as far as delay goes, to streams.</summary>
    public required NetworkConditions Network { get; init; }

    /// <summary>The longest piece in which stream bytes arrive; null: as they were sent.</summary>
    public int? MaxSegmentBytes { get; init; }

    /// <summary>How long phones place calls.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The mean pause between two calls of a phone.</summary>
    public required TimeSpan CallPause { get; init; }

    /// <summary>The mean pause between two things that a phone does inside a call.</summary>
    public required TimeSpan TalkPause { get; init; }

    /// <summary>The mean pause between two faults; null on a day without any.</summary>
    public TimeSpan? FaultPause { get; init; }

    /// <summary>The session timers of the phones, one for each; null for none.</summary>
    public required IReadOnlyList<SessionTimerOptions?> SessionTimers { get; init; }

    /// <summary>Whether the proxy asks who calls, and whether it asks inside dialogs too.</summary>
    public bool Challenges { get; init; }

    public bool ChallengesInDialogs { get; init; }

    /// <summary>The share of calls that nobody ends before the day is over.</summary>
    public double Standing { get; init; }

    /// <summary>True when nothing that is sent can get lost: then both sides must tell the same story.</summary>
    public bool IsCalm => FaultPause is null && Network.Loss == 0;

    public int Phones => Transports.Count;

    public static CallPlan Draw(RandomSource random)
    {
        var path = (CallPath)random.Next(3);
        var phones = path == CallPath.Fork ? 4 : 2 + random.Next(2);
        var common = random.Next(3) == 0 ? "TCP" : "UDP";
        var isMixed = path != CallPath.Direct && random.Next(2) == 0;
        var isLossy = random.Next(3) > 0;
        return new()
        {
            Path = path,
            Transports = [.. Enumerable.Range(0, phones).Select(_ => isMixed && random.Next(2) == 0 ? "TCP" : common)],
            HasStreamsBeside = path == CallPath.Direct && random.Next(3) == 0,
            Network = new()
            {
                Delay = TimeSpan.FromMilliseconds(random.Next(60)),
                Jitter = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(800) : random.Next(40)),
                Loss = isLossy ? random.Next(20) / 100.0 : 0,
                Duplication = random.Next(2) == 0 ? random.Next(20) / 100.0 : 0,
            },
            MaxSegmentBytes = random.Next(4) == 0 ? 1 + random.Next(600) : null,
            Duration = TimeSpan.FromSeconds(15 + random.Next(45)),
            CallPause = TimeSpan.FromSeconds(4 + random.Next(20)),
            TalkPause = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 100 + random.Next(400) : 1000 + random.Next(15_000)),
            FaultPause = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(4 + random.Next(30)),
            SessionTimers = [.. Enumerable.Range(0, phones).Select(_ => DrawTimer(random))],
            Challenges = path != CallPath.Direct && random.Next(3) == 0,
            ChallengesInDialogs = random.Next(2) == 0,
            Standing = random.Next(2) == 0 ? 0.4 : 0,
        };
    }

    private static SessionTimerOptions? DrawTimer(RandomSource random)
    {
        var least = TimeSpan.FromSeconds(90 + random.Next(20));
        return random.Next(2) == 0 ? null : new SessionTimerOptions { Interval = least + TimeSpan.FromSeconds(random.Next(40)), Minimum = least };
    }
}
