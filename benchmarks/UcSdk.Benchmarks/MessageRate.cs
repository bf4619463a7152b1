using System.Diagnostics;
using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Benchmarks;

/// <summary>
/// Messages between two clients through the embedded server, with their outcomes, beside bare MESSAGE transactions through the same server: one after another and with 16 on their
/// way. Rounds of the two take turns, so that both have the same machine.
/// </summary>
internal static class MessageRate
{
    private const int Window = 16;
    private const int StagedMessages = 1000;
    private static readonly string[] StageNames = ["at the sender, to the transport", "network, server, network", "at the receiver, to its answer", "network, server, network", "at the sender, to the outcome"];

    public static async Task<List<string>> MeasureAsync()
    {
        var scheduler = new SimulationScheduler();
        return [.. scheduler.Run(() => MeasureInMemoryAsync(scheduler)), .. await MeasureOverTcpAsync()];
    }

    private static async Task<List<string>> MeasureInMemoryAsync(SimulationScheduler scheduler)
    {
        await using var house = await MessageHouse.OpenAsync(scheduler);
        var rows = await MeasureAsync(house, "memory", 500, 40);
        house.Stages.IsOn = true;
        await house.SayAsync(StagedMessages, 1);
        house.Stages.IsOn = false;
        rows.AddRange(StageNames.Select((name, stage) => string.Create(CultureInfo.InvariantCulture, $"| of that: {name} | – | – | {house.Stages.Spent[stage] / StagedMessages} B |")));
        return rows;
    }

    private static async Task<List<string>> MeasureOverTcpAsync()
    {
        await using var house = await MessageHouse.OpenAsync(null);
        return await MeasureAsync(house, "TCP", 500, 40);
    }

    private static async Task<List<string>> MeasureAsync(MessageHouse house, string carrier, int count, int rounds)
    {
        var rows = new List<string>();
        foreach (var window in new[] { 1, Window })
        {
            Cost bare = default, whole = default;
            for (var round = -rounds; round < rounds; round++)
            {
                var ofAsking = await TakeAsync(() => house.AskAsync(count, window));
                var ofSaying = await TakeAsync(() => house.SayAsync(count, window));
                if (round >= 0)
                {
                    (bare, whole) = (bare + ofAsking, whole + ofSaying);
                }
            }

            var (how, messages) = (window == 1 ? "one after another" : $"{window} on their way", rounds * count);
            rows.Add(Row($"bare MESSAGE through the server and its 200, {carrier}, {how}", bare, messages, "baseline"));
            var ratio = string.Create(CultureInfo.InvariantCulture, $"{bare.Time / whole.Time:F2} of its rate, {bare.Processor / whole.Processor:F2} by processor time");
            rows.Add(Row($"a message between two clients and its outcome, {carrier}, {how}", whole, messages, ratio));
        }

        return rows;
    }

    private static async Task<Cost> TakeAsync(Func<Task> round)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await round();
        return new(watch.Elapsed, Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static string Row(string what, Cost cost, int messages, string ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {messages / cost.Time.TotalSeconds:F0} /s, {cost.Processor.TotalMicroseconds / messages:F0} µs processor | {ratio} | {cost.Bytes / messages} B |");

    private readonly record struct Cost(TimeSpan Time, TimeSpan Processor, long Bytes)
    {
        public static Cost operator +(Cost left, Cost right) => new(left.Time + right.Time, left.Processor + right.Processor, left.Bytes + right.Bytes);
    }
}
