using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// How long to wait after the nth failure in a row (RFC 5626 §4.5): between half and the whole of W = min(cap, base · 2ⁿ), by chance, so that those
/// who lost the same server do not come back in the same moment. Sans-IO: the waiting is the caller's.
/// </summary>
internal sealed class ReconnectBackoff(TimeSpan start, TimeSpan cap, RandomSource random)
{
    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts a failure and gives the time to wait now.</summary>
    public TimeSpan Next()
    {
        Failures++;
        var bound = Failures < 40 && start.Ticks <= cap.Ticks >> Failures ? start.Ticks << Failures : cap.Ticks;
        return TimeSpan.FromTicks((long)(bound * (0.5 + (random.NextDouble() / 2))));
    }

    /// <summary>It worked: the next failure is the first.</summary>
    public void Reset() => Failures = 0;
}
