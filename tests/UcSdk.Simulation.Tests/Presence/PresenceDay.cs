namespace UcSdk.Simulation.Tests;

/// <summary>
/// Everybody signs in and watches; then all publish, say and place while connections break and fall silent; then it is quiet.
/// </summary>
internal static class PresenceDay
{
    // A sign-in that lost its connection waits for its transactions (32 s) at most.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(3);

    /// <exception cref="DisagreementException">The world is not as it must be.</exception>
    public static void Run(PresenceWorld world)
    {
        var scheduler = world.Scheduler;
        Task[] staying = [];
        scheduler.Run(() =>
        {
            staying = [.. world.People.Select(person => person.StaySignedInAsync())];
            return Task.CompletedTask;
        });
        scheduler.Advance(TimeSpan.FromMinutes(1));
        scheduler.Run(() => Task.WhenAll([.. world.People.Select(person => person.ActAsync()), SufferAsync(world)]));
        scheduler.Advance(Quiet);
        foreach (var stopped in staying.Where(task => task.IsFaulted))
        {
            throw stopped.Exception!.InnerException!;
        }

        PresenceRules.RequireAgreement(world);
        foreach (var person in world.People)
        {
            person.Leave();
        }

        scheduler.Run(() => Task.WhenAll(staying));
        scheduler.Advance(TimeSpan.FromMinutes(1));
        scheduler.Run(async () => await world.Server.DisposeAsync());
        world.Dispose();
        if (scheduler.Faults.Count > 0)
        {
            throw new DisagreementException($"a loop has failed: {scheduler.Faults[0]}");
        }
    }

    private static async Task SufferAsync(PresenceWorld world)
    {
        for (var fault = 0; fault < world.Plan.Faults; fault++)
        {
            await world.Scheduler.DelayAsync(2 * world.Random.NextDouble() * (world.Plan.Duration / world.Plan.Faults));
            var host = world.People[world.Random.Next(world.People.Count)].Name + "-pc";
            if (world.Random.Next(2) == 0)
            {
                world.Tally.Count("faults", "cut");
                world.Network.CutHost(host);
            }
            else
            {
                world.Tally.Count("faults", "silent");
                world.Network.Block(host);
                await world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(100 + world.Random.Next(4000)));
                world.Network.Unblock(host);
            }
        }
    }
}
