using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>The network of the days on which people only write and watch: it delays, delivers half of the worlds their bytes in pieces, and gives up connecting soon.</summary>
internal static class FaultyNetwork
{
    /// <param name="scheduler">On which it runs.</param>
    /// <param name="random">The source of the world.</param>
    /// <param name="leastSegment">The smallest size that pieces may have at the most, in bytes.</param>
    /// <param name="keepsTranscript">Whether everything sent is kept.</param>
    public static MemoryNetwork Create(SimulationScheduler scheduler, SeededRandomSource random, int leastSegment, bool keepsTranscript = false) => new(
        new MemoryNetworkOptions
        {
            Seed = random.NextUInt64(),
            Delay = TimeSpan.FromMilliseconds(20),
            Jitter = TimeSpan.FromMilliseconds(150),
            MaxSegmentBytes = random.Next(2) == 0 ? leastSegment + random.Next(1400) : null,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            KeepTranscript = keepsTranscript,
        },
        new LoopRuntime(scheduler, random.Fork()));
}
