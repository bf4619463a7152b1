using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>One seed: a small world, a day on which much goes wrong, a quiet time, and what must be true then.</summary>
internal static class ChaoticDay
{
    private const int People = 4;

    /// <summary>Longer than everything that waits for an answer, a ring or a first packet.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    /// <summary>Longer than keep-alives and the silence of peers.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    /// <summary>How long anything that was begun may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="seed">The day.</param>
    /// <param name="tally">Counts what is tried.</param>
    /// <param name="report">Gets the transcript at the end, however the day ends; null to keep none.</param>
    public static void Run(ulong seed, Tally tally, Action<string>? report = null)
    {
        var drawing = new SeededRandomSource(seed);
        var plan = ChaosPlan.Draw(drawing);
        var world = new SimulatedWorld(drawing.NextUInt64(), SimulatedConditions.Draw(drawing) with { KeepTranscript = report is not null }, People);
        try
        {
            Live(world, plan, tally);
            Leftovers.DisposeAndRequireNone(world);
        }
        finally
        {
            report?.Invoke(string.Join('\n', world.Network.Transcript));
        }
    }

    private static void Live(SimulatedWorld world, ChaosPlan plan, Tally tally)
    {
        List<string> meetings = [];
        var lives = world.People.Select(person => new ChaoticLife(world, person, plan, world.Random.Fork(), meetings, tally)).ToArray();
        var faults = new Faults(world, plan, world.Random.Fork(), tally);
        try
        {
            world.Scheduler.Run(() => Task.WhenAll([.. lives.Select(life => life.LiveAsync()), faults.HappenAsync()]), Patience);
        }
        catch (Exception stuck) when (stuck is TimeoutException or InvalidOperationException)
        {
            throw new DisagreementException($"{stuck.Message} Unfinished: {string.Join(", ", lives.SelectMany(life => life.Unfinished))}");
        }

        world.Scheduler.Advance(Settling);
        var joined = Agreement.Require(world, afterTransactions: false);
        tally.Count("at the end", "signed in", world.People.Count(person => person.Client.State == ClientState.SignedIn));
        tally.Count("at the end", "in a conference", joined.Count);
        tally.Count("at the end", "with audio", joined.Count(one => one.AVModality.State == ModalityState.Connected));
        foreach (var life in lives)
        {
            world.Scheduler.Run(life.HangUpAsync, Patience);
        }

        world.Scheduler.Advance(Quiet);
        Agreement.Require(world, afterTransactions: true);
    }
}
