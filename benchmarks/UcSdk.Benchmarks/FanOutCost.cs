using System.Globalization;

namespace UcSdk.Benchmarks;

/// <summary>What telling one thing to many costs for each of them.</summary>
/// <param name="Time">ns of processor time.</param>
/// <param name="Bytes">Bytes allocated.</param>
internal readonly record struct FanOutCost(double Time, double Bytes)
{
    /// <summary>The mean of so many rounds: processor time of the process, collections included, since what is told to many is always partly collected.</summary>
    /// <param name="receivers">How many there are; each must be told once a round.</param>
    /// <param name="heard">How often all of them together have been told.</param>
    /// <param name="warmUp">Rounds before those that count.</param>
    /// <param name="rounds">Rounds that count.</param>
    /// <param name="round">Tells it once.</param>
    public static FanOutCost Measure(int receivers, Func<int> heard, int warmUp, int rounds, Action round)
    {
        for (var index = 0; index < warmUp; index++)
        {
            round();
        }

        var first = heard();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var before = Environment.CpuUsage.TotalTime;
        for (var index = 0; index < rounds; index++)
        {
            round();
        }

        var spent = Environment.CpuUsage.TotalTime - before;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var told = heard() - first;
        return told == rounds * receivers
            ? new(spent.TotalNanoseconds / told, allocated / (double)told)
            : throw new InvalidOperationException($"{told} came of {rounds * receivers}.");
    }

    public string Row(string what, string ratio) => string.Create(CultureInfo.InvariantCulture, $"| {what} | {Time:F0} ns processor | {ratio} | {Bytes:F0} B |");
}
