using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>What must not be left when everybody has gone.</summary>
internal static class Leftovers
{
    private static readonly SipEndpointCounts None = new();

    public static void RequireNone(string name, LyncClient client)
    {
        var counts = client.Counts;
        Require(client.State == ClientState.Uninitialized, $"{name}: disposed, but {client.State}");
        Require(counts.IsEmpty, $"{name}: the client keeps {counts}");
        Require(counts.Sip is null || counts.Sip == None, $"{name}: the endpoint keeps {counts.Sip}");
    }

    public static void RequireNone(UcServerCounts counts) => Require(
        counts == new UcServerCounts(0, 0, 0, 0, 0, 0, 0, 0, None), $"the server keeps {counts}");

    /// <summary>Disposes everything and looks whether anything stayed.</summary>
    public static void DisposeAndRequireNone(SimulatedWorld world)
    {
        foreach (var person in world.People)
        {
            world.Scheduler.Run(async () => await person.Client.DisposeAsync());
            RequireNone(person.Name, person.Client);
        }

        world.Scheduler.Run(async () => await world.Server.DisposeAsync());
        RequireNone(world.Scheduler.Run(world.CountServerAsync));

        // What was said last is still on its way.
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Require(world.Network.OpenFlows == 0, $"{world.Network.OpenFlows} ends of flows are open");
        Require(world.Media.OpenPorts == 0, $"{world.Media.OpenPorts} media ports are open");
        world.Dispose();
        Require(world.Scheduler.Clock.ArmedTimers == 0, $"{world.Scheduler.Clock.ArmedTimers} timers are armed");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }
}
