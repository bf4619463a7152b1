using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>What befalls the hosts of a day of calls: streams that break, hosts that fall silent, phones and a proxy that start anew with nothing in memory.</summary>
internal sealed class CallFaults(CallWorld world, SeededRandomSource random)
{
    private readonly List<Task> _lasting = [];

    public async Task HappenAsync()
    {
        while (world.Plan.FaultPause is { } pause && world.Now < world.Plan.Duration)
        {
            await world.Scheduler.DelayAsync(2 * random.NextDouble() * pause);
            Happen();
        }

        await Task.WhenAll(_lasting);
    }

    private void Happen()
    {
        var victim = world.Hosts[random.Next(world.Hosts.Count)];
        switch (random.Next(4))
        {
            case 0 when !victim.IsDown:
                _lasting.Add(RestartAsync(victim, TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(40_000) : random.Next(2000))));
                break;
            case 1 or 2:
                // Some are over before anybody can notice, some last longer than a transaction.
                _lasting.Add(SilenceAsync(victim, TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(50_000) : random.Next(3000))));
                break;
            default:
                Note(victim, "cut", TimeSpan.Zero);
                foreach (var flow in victim.IsDown ? [] : victim.Endpoint.Flows.Where(flow => flow.IsReliable))
                {
                    world.Network.Cut(flow);
                }

                break;
        }
    }

    private async Task SilenceAsync(CallHost victim, TimeSpan time)
    {
        Note(victim, "silence", time);
        victim.Block();
        await world.Scheduler.DelayAsync(time);
        victim.Unblock();
    }

    private async Task RestartAsync(CallHost victim, TimeSpan time)
    {
        Note(victim, "restart", time);
        await victim.CrashAsync();
        await world.Scheduler.DelayAsync(time);
        await victim.StartAsync();
    }

    private void Note(CallHost victim, string kind, TimeSpan time)
    {
        world.Tally.Count("fault", kind);
        world.Faults.Add(new(victim.Name, kind, world.Now, world.Now + time));
    }
}
