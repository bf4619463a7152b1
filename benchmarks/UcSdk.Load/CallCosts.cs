using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>What a whole call costs both endpoints, beside sipp against sipp.</summary>
internal static class CallCosts
{
    private const int Window = 32;
    private const int SippRate = 2000;

    // What a call costs is asked, not when calls are refused: a machine that gives no time for a while may stretch the run.
    private static readonly SipEndpointOptions Patient = new() { Overload = new() { MaxQueueDelay = TimeSpan.FromMinutes(1) } };
    private static readonly int[] Sizes = [100, 1000, 10_000, 50_000];

    public static async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync("| call, both ends | processor | beside sipp | allocated |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            double? sipp = null;
            if (carrier != Carrier.Memory)
            {
                sipp = await SippPair.MeasureAsync(carrier, 10_000, SippRate);
                await output.WriteLineAsync($"| {Name(carrier)}: sipp against sipp | {sipp:F0} µs | baseline | |");
            }

            var cost = await MeasureAsync(carrier, 20_000);
            await output.WriteLineAsync($"| {Name(carrier)} | {cost.MicrosecondsPer(20_000):F0} µs | {Ratio(cost.MicrosecondsPer(20_000), sipp)} | {cost.BytesPer(20_000):N0} B |");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("| calls standing at once (UDP) | processor per call | allocated per call | kept per call |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var size in Sizes)
        {
            var (cost, kept) = await MeasureStandingAsync(Carrier.Udp, size);
            await output.WriteLineAsync($"| {size} | {cost.MicrosecondsPer(size):F0} µs | {cost.BytesPer(size):N0} B | {kept / size:N0} B |");
        }
    }

    public static async Task PrintOneAsync(TextWriter output, Carrier carrier, int calls)
    {
        var cost = await MeasureAsync(carrier, calls);
        await output.WriteLineAsync($"{carrier}: {cost.MicrosecondsPer(calls):F1} µs and {cost.BytesPer(calls):N0} B a call, {calls / cost.Elapsed.TotalSeconds:N0} calls/s, GCs {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
    }

    private static async Task<Cost> MeasureAsync(Carrier carrier, int calls)
    {
        await using var pair = await EndpointPair.OpenAsync(carrier, far: Patient);
        var load = new Calls(pair);
        await WarmAsync(load);
        var begin = Cost.Begin();
        await load.RunAsync(calls, Window);
        var cost = begin.Since();
        Require(load);
        return cost;
    }

    private static async Task<(Cost Cost, long Kept)> MeasureStandingAsync(Carrier carrier, int calls)
    {
        await using var pair = await EndpointPair.OpenAsync(carrier, far: Patient);
        var load = new Calls(pair);
        await WarmAsync(load);
        var idle = GC.GetTotalMemory(forceFullCollection: true);
        var begin = Cost.Begin();
        await load.HoldAsync(calls, Window);
        var held = begin.Since();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - idle;
        begin = Cost.Begin();
        await load.ReleaseAsync(Window);
        var released = begin.Since();
        Require(load);
        return (new(held.Processor + released.Processor, held.Allocated + released.Allocated, held.Elapsed + released.Elapsed), kept);
    }

    /// <summary>What ended calls keep while their transactions wait for repetitions (32 s over UDP).</summary>
    public static async Task PrintEndedAsync(TextWriter output, int calls)
    {
        await using var pair = await EndpointPair.OpenAsync(Carrier.Udp, far: Patient);
        var load = new Calls(pair);
        await WarmAsync(load);
        var idle = GC.GetTotalMemory(forceFullCollection: true);
        await load.RunAsync(calls, Window);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - idle;
        Require(load);
        await output.WriteLineAsync($"an ended call over UDP keeps {kept / calls:N0} B, both ends, until its transactions end");
    }

    // The first calls pay for the compiler, which does its last work in the background.
    public static async Task WarmAsync(Calls load)
    {
        for (var round = 0; round < 4; round++)
        {
            await load.RunAsync(1500, Window);
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private static void Require(Calls load)
    {
        if (load.Failed + load.Refused > 0)
        {
            throw new InvalidOperationException($"{load.Failed} calls failed and {load.Refused} were refused.");
        }
    }

    private static string Name(Carrier carrier) => carrier == Carrier.Memory ? "memory" : carrier.ToString().ToUpperInvariant();

    private static string Ratio(double value, double? baseline) => baseline is { } unit ? $"{value / unit:F2} ×" : "–";
}
