namespace UcSdk.Load;

/// <summary>
/// So many calls a second over UDP for so long: whether anything is sent twice for want of time, and whether the heap stays flat. Transactions
/// are kept for 32 s, so for that time it must grow.
/// </summary>
internal static class SustainedLoad
{
    public static async Task RunAsync(TextWriter output, int rate, TimeSpan time)
    {
        await using var pair = await EndpointPair.OpenAsync(Carrier.Udp);
        var load = new Calls(pair);
        await CallCosts.WarmAsync(load);
        var (begin, again) = (Cost.Begin(), Retransmissions.Count());
        await output.WriteLineAsync("| time | begun | ended | failed, refused | sent again | gen 2 | GCs 0/1/2 | processor per call |");
        await output.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|---:|");
        await load.OfferAsync(rate, time, TimeSpan.Zero, passed => output.WriteLine(Line(passed)));
        await output.WriteLineAsync(Line(begin.Since().Elapsed));

        string Line(TimeSpan passed) =>
            $"| {passed.TotalSeconds:F0} s | {load.Begun} | {load.Ended} | {load.Failed}, {load.Refused} | {Retransmissions.Count() - again} | {OldestGeneration() >> 20} MiB "
            + $"| {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)} | {begin.Since().MicrosecondsPer(Math.Max(1, load.Ended)):F0} µs |";
    }

    private static long OldestGeneration() => GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo[2].SizeAfterBytes;
}
