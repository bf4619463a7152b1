using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace UcSdk.Benchmarks;

/// <summary>Runs everything in one process and prints it as one table; figures are ratios to a baseline of the same run.</summary>
internal static class Report
{
    private static readonly Type[] Benchmarks = [typeof(SipMessageBenchmarks), typeof(SrtpBenchmarks), typeof(DigestBenchmarks), typeof(SignatureBenchmarks), typeof(PresenceBenchmarks)];

    /// <summary>Prints the table.</summary>
    /// <param name="output">Where.</param>
    /// <param name="part">Only these rows (<c>messages</c>); null for all.</param>
    public static async Task<int> RunAsync(TextWriter output, string? part)
    {
        List<string> rows = part == "messages" ? await MessageRate.MeasureAsync() : await MeasureAllAsync();
        await output.WriteLineAsync("| what | time | beside its baseline | allocated |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var row in rows)
        {
            await output.WriteLineAsync(row);
        }

        return rows.Count > 0 ? 0 : 1;
    }

    private static async Task<List<string>> MeasureAllAsync()
    {
        var rows = new List<string>();
        foreach (var type in Benchmarks)
        {
            // In process: the table compares within one run, and no second build is needed.
            // Many short iterations, of which the quietest counts: a machine that serves others stretches the long ones, and not all alike.
            var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(1000).WithIterationTime(TimeInterval.FromMilliseconds(2)).WithIterationCount(400).WithGcForce(false);
            var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance);
            rows.AddRange(Describe(BenchmarkRunner.Run(type, config)));
        }

        rows.AddRange(PresenceApply.Measure());
        rows.AddRange(PresenceFanOut.Measure());
        rows.AddRange(await MessageRate.MeasureAsync());
        rows.AddRange(MessageFanOut.Measure());
        rows.AddRange(IdleClients.Measure());
        rows.AddRange(SignInRoundTrips.Measure());
        rows.Add(JoinRoundTrips.Measure());
        return rows;
    }

    private static IEnumerable<string> Describe(Summary summary)
    {
        var baseline = summary.Reports.Single(report => report.BenchmarkCase.Descriptor.Baseline);
        var unit = baseline.ResultStatistics!.Min;
        foreach (var report in summary.Reports)
        {
            var time = report.ResultStatistics!.Min;
            var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            var ratio = report == baseline ? "baseline" : (time / unit).ToString("F2", CultureInfo.InvariantCulture) + " ×";
            yield return string.Create(CultureInfo.InvariantCulture, $"| {report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')} | {time:F0} ns | {ratio} | {allocated} B |");
        }
    }
}
