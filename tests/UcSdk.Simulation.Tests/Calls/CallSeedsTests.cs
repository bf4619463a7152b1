using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Many days of calls on the SIP floor alone. <c>UCSDK_SIM_CALLS</c> says how many (default 2000), <c>UCSDK_SIM_FIRST</c> where they begin (default
/// 1). A seed that fails is run again and written down, messages and ladder, in a file that the failure names. Nothing else runs meanwhile: the
/// tables count for the whole process.
/// </summary>
[Collection(nameof(Alone))]
public sealed class CallSeedsTests(ITestOutputHelper output)
{
    private const ulong Parts = 4;

    // So many days, and everything below must have come off, and all rows but the rare must have happened.
    private const ulong Enough = 400;
    private static readonly string[] MustSucceed =
    [
        "reach", "invite", "call", "accept", "cancel", "hang up", "hang up at once", "hang up ringing", "hang up at last", "INVITE", "UPDATE", "UPDATE without an offer",
        "INFO", "OPTIONS", "early UPDATE", "early INFO",
    ];

    private static readonly string[] Rare =
    [
        // What no host of these days does: nothing outside a dialog but INVITE, no BYE before the answer, no datagram flow that ends, no DNS, no target with a time limit.
        "InviteSession: Incoming → Terminated on RemoteBye",
        "InviteClientTransaction: Calling → Terminated on Abandon",
        "InviteClientTransaction: Completed → Terminated on FlowClosed",
        "InviteServerTransaction: Confirmed → Terminated on FlowClosed",
        "InviteServerTransaction: Proceeding → Terminated on Abandon",
        "NonInviteClientTransaction: Completed → Terminated on FlowClosed",
        "NonInviteServerTransaction: Completed → Terminated on FlowClosed",
        "NonInviteServerTransaction: Proceeding → Proceeding on Provisional",
        "ProxyBranch: Calling → Done on TimerC",
        "ProxyBranch: Calling → Locating on ServerFailed",
        "ProxyBranch: CancelPending → Done on TimerC",
        "ProxyBranch: Locating → Done on TimerC",
        "ProxyBranch: Locating → Done on Unreachable",
        "ProxyBranch: Locating → Done on Withdraw",
        "ProxyBranch: Proceeding → Locating on ServerFailed",

        // What takes several improbable things at once, and some parts of the days never see.
        "InviteSession: Accepted → Terminated on DialogGone",
        "InviteSession: Accepted → Terminating on RequestTimeout",
        "InviteSession: Incoming → Terminated on AnswerTimeout",
        "InviteSession: Confirmed → Terminating on AckTimeout",
        "NonInviteServerTransaction: Proceeding → Terminated on FlowClosed",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_day_of_calls_ends_in_agreement_and_leaves_nothing_behind(ulong part)
    {
        var all = Read("UCSDK_SIM_CALLS", 2000);
        var first = Read("UCSDK_SIM_FIRST", 1) + (all / Parts * part);
        var count = part == Parts - 1 ? all - (all / Parts * part) : all / Parts;
        var rows = new RowTally();
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
        output.WriteLine(rows.ToString());
        foreach (var (seed, failure) in failures.OrderBy(pair => pair.Key).Take(20))
        {
            output.WriteLine($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            output.WriteLine($"    {WriteDown(seed)}");
        }

        Assert.True(failures.IsEmpty, $"{failures.Count} of {count} seeds failed: {string.Join(", ", failures.Keys.Order().Take(20))}");
        if (count >= Enough)
        {
            Assert.All(MustSucceed, what => Assert.True(tally[what, "done"] > 0, $"Nobody managed to {what}."));
            Assert.Empty(rows.Missing.Except(Rare));
        }
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
