using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>
/// Twice the calls that an endpoint takes, for so long, over UDP. It takes so many at once (<see cref="OverloadOptions.MaxCalls"/>), each stands for a
/// second, and twice as many are offered every second: the surplus must get 503 with Retry-After, no call that was accepted may be lost, and the
/// memory must come back to where it was.
/// </summary>
internal static class OverloadRun
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(TextWriter output, int callsAtOnce, TimeSpan time)
    {
        await using var pair = await EndpointPair.OpenAsync(Carrier.Udp, far: new() { Overload = new() { MaxCalls = callsAtOnce } });
        var load = new Calls(pair);
        await CallCosts.WarmAsync(load);
        await RestAsync(pair);
        var (idle, again) = (GC.GetTotalMemory(forceFullCollection: true), Retransmissions.Count());
        await output.WriteLineAsync($"Offered for {time.TotalSeconds:F0} s: {2 * callsAtOnce} calls/s of one second each to an endpoint that takes {callsAtOnce} at once.");
        await load.OfferAsync(
            2 * callsAtOnce,
            time,
            Talk,
            passed => output.WriteLine($"{passed.TotalSeconds,4:F0} s: {load.Begun} begun, {load.Served} served, {load.Refused} refused with 503, {load.Failed} lost, {pair.Far.Counts.InviteSessions} standing"));
        var busy = GC.GetTotalMemory(forceFullCollection: true);
        await RestAsync(pair);
        var rest = GC.GetTotalMemory(forceFullCollection: true);
        await output.WriteLineAsync(
            $"Offered {load.Begun}: {load.Served} served, {load.Refused} refused with 503 ({load.RefusedWithTime} of them with Retry-After), {load.Failed} lost; {Retransmissions.Count() - again} messages sent again.");
        await output.WriteLineAsync($"Memory: {idle / 1024:N0} KiB idle before, {busy / 1024:N0} KiB at the end of the load, {rest / 1024:N0} KiB after the timers.");
        await output.WriteLineAsync($"Left behind: {pair.Near.Counts} and {pair.Far.Counts}.");
    }

    // Transactions are remembered for 32 s, for repetitions that may still come.
    private static async Task RestAsync(EndpointPair pair)
    {
        while (pair.Near.Counts.Transactions + pair.Far.Counts.Transactions > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
