namespace UcSdk.Simulation.Tests;

/// <summary>
/// Everybody signs in and makes a list; then all publish, place and edit while connections break and fall silent and the server is replaced; then it is quiet.
/// </summary>
internal static class ClientDay
{
    // A request over a connection that died is given up after 32 s; whoever waits for a server comes back within 8 s.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <exception cref="DisagreementException">The world is not as it must be.</exception>
    public static void Run(ClientWorld world)
    {
        var scheduler = world.Scheduler;
        scheduler.Run(() => Task.WhenAll(world.Desks.Select(desk => desk.SignInAsync())));
        scheduler.Advance(TimeSpan.FromSeconds(30));
        scheduler.Run(() => Task.WhenAll(world.People.Select(person => MakeListAsync(world, person))));
        scheduler.Run(() => Task.WhenAll(world.People.Select(person => person.PlaceManyAsync())));
        scheduler.Run(() => Task.WhenAll([
            .. world.People.Select(person => person.ActAsync()),
            .. world.Desks.Select(desk => desk.EditAsync()),
            SufferAsync(world),
            ReplaceServerAsync(world),
        ]));
        scheduler.Advance(Quiet);
        scheduler.Run(() => Task.WhenAll(world.People.Select(person => person.PutRightAsync())));
        scheduler.Advance(TimeSpan.FromSeconds(30));
        GoDeaf(world);
        var rules = new ClientRules(world);
        world.Network.Unblock(world.People[0].Desks[0].Host);
        rules.RequireAgreement();
        Leave(world);
    }

    private static async Task MakeListAsync(ClientWorld world, ClientPerson person)
    {
        var desk = person.Desks[0];
        await desk.AddGroupAsync();
        while (desk.Contacts.Count < world.Plan.Contacts)
        {
            await desk.AddAsync(world.People[world.Random.Next(world.People.Count)]);
        }
    }

    private static async Task SufferAsync(ClientWorld world)
    {
        var desks = world.Desks.ToArray();
        for (var fault = 0; fault < world.Plan.Faults; fault++)
        {
            await world.Scheduler.DelayAsync(2 * world.Random.NextDouble() * (world.Plan.Duration / world.Plan.Faults));
            var host = desks[world.Random.Next(desks.Length)].Host;
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

    private static async Task ReplaceServerAsync(ClientWorld world)
    {
        await world.Scheduler.DelayAsync(world.Plan.Duration / 2);
        await world.ReplaceServerAsync(inOrder: world.Random.Next(2) == 0, TimeSpan.FromMilliseconds(world.Random.Next(10_000)));
    }

    private static void GoDeaf(ClientWorld world)
    {
        if (world.Plan.Deafness == ClientDeafness.None)
        {
            return;
        }

        var deaf = world.People[0].Desks[0];
        world.Network.Block(deaf.Host);
        world.Scheduler.Run(() => world.Plan.Deafness == ClientDeafness.List
            ? world.People[0].Desks[1].AddGroupAsync()
            : world.Find(deaf.Contacts[0].Uri).ChangeStateAsync());
        world.Scheduler.Advance(TimeSpan.FromSeconds(2));
    }

    private static void Leave(ClientWorld world)
    {
        world.Scheduler.Run(async () =>
        {
            foreach (var desk in world.Desks)
            {
                await desk.Client.DisposeAsync();
            }

            await world.Server.DisposeAsync();
        });
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        foreach (var desk in world.Desks)
        {
            Leftovers.RequireNone(desk.Host, desk.Client);
        }

        Leftovers.RequireNone(world.Scheduler.Run(() => world.Server.GetCountsAsync()));
        world.Dispose();
        if (world.Scheduler.Clock.ArmedTimers > 0)
        {
            throw new DisagreementException($"{world.Scheduler.Clock.ArmedTimers} timers are armed");
        }
    }
}
