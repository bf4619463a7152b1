using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// When to report next, in a session of two (RFC 3550 §6.2, §6.3.1): a fixed interval times a random factor between 0.5 and 1.5, divided
/// by e − 3/2, and half of that for the first report. The RFC's 5 s would let an interval grow to 6.2 s; our peers expect a report
/// every 5 s at least, so the interval is chosen such that 5 s is the longest. Bandwidth never matters for two members.
/// </summary>
internal static class RtcpSchedule
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const double Compensation = Math.E - 1.5;

    private static readonly TimeSpan Interval = Longest * (Compensation / 1.5);

    public static TimeSpan NextInterval(RandomSource random, bool isFirst)
    {
        var interval = Interval * ((0.5 + random.NextDouble()) / Compensation);
        return isFirst ? interval / 2 : interval;
    }
}
