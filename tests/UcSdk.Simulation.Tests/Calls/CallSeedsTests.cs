using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Many days of calls on the SIP floor alone. <c>UCSDK_SIM_CALLS</c> says how many (default 2000), <c>UCSDK_SIM_FIRST</c> where they begin (default
/// 1). A seed that fails is run again and written down, messages and ladder, in a file that the failure names.
/// </summary>
public sealed class CallSeedsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_day_of_calls_ends_in_agreement_and_leaves_nothing_behind()
    {
        var first = Read("UCSDK_SIM_FIRST", 1);
        var count = Read("UCSDK_SIM_CALLS", 2000);
        var failures = new ConcurrentDictionary<ulong, Exception>();
        var tally = new Tally();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken };
#pragma warning disable RS0030 // The worlds know nothing of each other: each one lives on one thread.
        Parallel.For(0, (int)count, parallel, i =>
#pragma warning restore RS0030
        {
            try
            {
                CallDay.Run(first + (ulong)i, tally);
            }
            catch (Exception failure)
            {
                failures[first + (ulong)i] = failure;
            }
        });

        output.WriteLine(tally.ToString());
        foreach (var (seed, failure) in failures.OrderBy(pair => pair.Key).Take(20))
        {
            output.WriteLine($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            output.WriteLine($"    {WriteDown(seed)}");
        }

        Assert.True(failures.IsEmpty, $"{failures.Count} of {count} seeds failed: {string.Join(", ", failures.Keys.Order().Take(20))}");
    }

    private static string WriteDown(ulong seed)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "calls");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}.txt"));
        var text = new StringBuilder();
        try
        {
            CallDay.Run(seed, new(), world => text
                .Append(world.Plan).Append("\n\n").Append(world.DescribeFaults()).Append("\n\n")
                .AppendJoin('\n', world.Calls).Append("\n\n").Append(world.Log.Draw()).Append('\n')
                .AppendJoin('\n', world.Network.Transcript.Select(entry => $"{entry}\n{Encoding.UTF8.GetString(entry.Bytes.Span)}")));
        }
        catch (Exception failure)
        {
            text.Insert(0, $"seed {seed}: {failure}\n\n");
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;
}
