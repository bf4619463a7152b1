using System.Collections.Concurrent;
using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Many bad days. <c>UCSDK_SIM_SEEDS</c> says how many (default 1000), <c>UCSDK_SIM_FIRST</c> where they begin (default 1): to see one day
/// again, set the one to 1 and the other to its seed, and the transcript is printed.
/// </summary>
public sealed class ThousandSeedsTests(ITestOutputHelper output)
{
    // So many days, and each of these must have come off at least once.
    private const ulong Enough = 200;
    private static readonly string[] MustSucceed =
    [
        "sign in", "sign out", "restart", "meet now", "join", "join a known meeting", "join after an invitation", "invite", "eject", "connect audio",
        "disconnect audio", "leave", "end the meeting",
    ];

    [Fact]
    public void Every_bad_day_ends_in_agreement_and_leaves_nothing_behind()
    {
        var first = Read("UCSDK_SIM_FIRST", 1);
        var count = Read("UCSDK_SIM_SEEDS", 1000);
        var failures = new ConcurrentDictionary<ulong, Exception>();
        var tally = new Tally();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken };
#pragma warning disable RS0030 // The worlds know nothing of each other: each one lives on one thread.
        Parallel.For(0, (int)count, parallel, i =>
#pragma warning restore RS0030
        {
            try
            {
                ChaoticDay.Run(first + (ulong)i, tally, count == 1 ? output.WriteLine : null);
            }
            catch (Exception failure)
            {
                failures[first + (ulong)i] = failure;
            }
        });

        output.WriteLine(tally.ToString());
        foreach (var (seed, failure) in failures.OrderBy(pair => pair.Key))
        {
            output.WriteLine(count == 1 ? $"seed {seed}: {failure}" : $"seed {seed}: {failure.GetType().Name}: {failure.Message}");
        }

        Assert.True(failures.IsEmpty, $"{failures.Count} of {count} seeds failed: {string.Join(", ", failures.Keys.Order().Take(20))}");
        Assert.All(count < Enough ? [] : MustSucceed, what => Assert.True(tally[what, "done"] > 0, $"Nobody managed to {what}."));
    }

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;
}
