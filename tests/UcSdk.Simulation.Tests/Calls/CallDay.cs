using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>One seed: phones that call each other for a while over a bad network, a quiet time, the end, and what must be true then.</summary>
internal static class CallDay
{
    /// <summary>Longer than Timer C, a transaction and a session timer one after another.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(6);

    /// <summary>How long anything that was begun may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="seed">The day.</param>
    /// <param name="tally">Counts what is tried.</param>
    /// <param name="report">Gets the world at the end, however the day ends; null for nobody.</param>
    public static void Run(ulong seed, Tally tally, Action<CallWorld>? report = null)
    {
        var drawing = new SeededRandomSource(seed);
        var plan = CallPlan.Draw(drawing);
        var world = new CallWorld(drawing.NextUInt64(), plan, tally, keepTranscript: report is not null);
        try
        {
            Live(world);
            Stop(world);
        }
        finally
        {
            report?.Invoke(world);
        }
    }

    private static void Live(CallWorld world)
    {
        world.Scheduler.Run(world.StartAsync);
        var faults = new CallFaults(world, world.Random.Fork());
        try
        {
            world.Scheduler.Run(() => Task.WhenAll([.. world.Phones.Select(phone => phone.LiveAsync()), faults.HappenAsync()]), Patience);
        }
        catch (Exception stuck) when (stuck is TimeoutException or InvalidOperationException)
        {
            throw new DisagreementException($"{stuck.Message} Unfinished: {string.Join(", ", world.Phones.SelectMany(phone => phone.Unfinished))}");
        }

        world.Scheduler.Advance(Settling);
        CallRules.RequireStanding(world);
        world.Scheduler.Run(() => Task.WhenAll(world.Phones.Select(phone => phone.HangUpAsync())), Patience);
        world.Scheduler.Advance(Settling);
        CallRules.RequireOver(world);
    }

    private static void Stop(CallWorld world)
    {
        world.Scheduler.Run(() => Task.WhenAll(world.Hosts.Select(host => host.DisposeAsync().AsTask())));
        world.Scheduler.Advance(TimeSpan.FromSeconds(10));
        CallRules.Require(world.Network.OpenFlows == 0, $"{world.Network.OpenFlows} ends of flows are open");
        world.Dispose();
        CallRules.Require(world.Scheduler.Clock.ArmedTimers == 0, $"{world.Scheduler.Clock.ArmedTimers} timers are armed");
    }
}
