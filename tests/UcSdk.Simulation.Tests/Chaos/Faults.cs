using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>What befalls the networks and the server: connections that break, hosts that fall silent and come back, a server that starts anew.</summary>
internal sealed class Faults(SimulatedWorld world, ChaosPlan plan, SeededRandomSource random, Tally tally)
{
    private readonly List<Task> _lasting = [];
    private bool _serverIsDown;

    public async Task HappenAsync()
    {
        while (plan.FaultPause is { } pause && world.Now < plan.Duration)
        {
            await world.Scheduler.DelayAsync(2 * random.NextDouble() * pause);
            Happen();
        }

        await Task.WhenAll(_lasting);
    }

    private void Happen()
    {
        var victim = world.People[random.Next(world.People.Count)];
        if (!_serverIsDown && random.NextDouble() < plan.Crashes)
        {
            tally.Count("fault", "server crash");
            _lasting.Add(CrashAsync());
        }
        else if (random.Next(2) == 0)
        {
            tally.Count("fault", "cut");
            world.Network.CutHost(victim.Host);
        }
        else
        {
            tally.Count("fault", "silence");
            // Some are over before anybody can notice, some last longer than a transaction.
            _lasting.Add(IsolateAsync(victim, TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(12_000) : random.Next(800))));
        }
    }

    private async Task CrashAsync()
    {
        _serverIsDown = true;
        await world.CrashServerAsync(TimeSpan.FromMilliseconds(random.Next(1500)));
        _serverIsDown = false;
    }

    private async Task IsolateAsync(SimulatedPerson victim, TimeSpan time)
    {
        world.Isolate(victim);
        await world.Scheduler.DelayAsync(time);
        world.Heal(victim);
    }
}
