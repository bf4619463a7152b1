using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>How a day goes wrong: drawn from the seed, so that some days are calm and some are all faults.</summary>
internal sealed record ChaosPlan
{
    /// <summary>How long people act and faults happen.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The mean pause between two acts of a person.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>The mean pause between two faults; null on a day without any.</summary>
    public TimeSpan? FaultPause { get; init; }

    /// <summary>The share of faults that bring the server down.</summary>
    public double Crashes { get; init; }

    /// <summary>The share of acts that are called off by their token.</summary>
    public double Cancellations { get; init; }

    /// <summary>The share of joins that connect audio.</summary>
    public double Audio { get; init; }

    public static ChaosPlan Draw(RandomSource random) => new()
    {
        Duration = TimeSpan.FromMilliseconds(4000 + random.Next(8000)),
        Pause = TimeSpan.FromMilliseconds(100 + random.Next(1200)),
        FaultPause = random.Next(4) == 0 ? null : TimeSpan.FromMilliseconds(300 + random.Next(4000)),
        Crashes = random.Next(3) == 0 ? 0.3 : 0,
        Cancellations = random.Next(2) == 0 ? 0.3 : 0,
        Audio = random.Next(3) * 0.3,
    };
}
