using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// An hour in which clients sign in and stay signed in, whatever happens to their network and their server. Then it is quiet, and everybody holds what he held
/// before; then all sign out, and nobody holds anything.
/// </summary>
internal static class SignInHour
{
    // The longest pause between two attempts, a transaction that times out, and a refresh that finds a dead server.
    private static readonly TimeSpan Quiet = SignInBalance.Expires + TimeSpan.FromMinutes(5);

    /// <exception cref="DisagreementException">The world is not as it must be.</exception>
    public static void Run(SignInWorld world)
    {
        var scheduler = world.Scheduler;
        scheduler.Run(() => Task.WhenAll(world.Clients.Select(client => client.SignInAsync())));
        scheduler.Advance(TimeSpan.FromMinutes(2));
        var before = SignInBalance.Take(world);

        scheduler.Run(() => SufferAsync(world));
        scheduler.Advance(Quiet);
        var after = SignInBalance.Take(world);
        SignInBalance.Require(after == before, $"after the hour there is {after}, before it was {before}");

        scheduler.Run(() => Task.WhenAll(world.Clients.Select(client => client.Client.SignOutAsync())));
        scheduler.Advance(TimeSpan.FromMinutes(2));
        RequireNothing(world);
        DisposeAll(world);
    }

    private static async Task SufferAsync(SignInWorld world)
    {
        var began = world.Scheduler.Clock.Now;
        var running = new List<Task>();
        foreach (var fault in SignInPlan.Draw(world.Random, world.Clients.Count))
        {
            var wait = fault.At - (world.Scheduler.Clock.Now - began);
            if (wait > TimeSpan.Zero)
            {
                await world.Scheduler.DelayAsync(wait);
            }

            SignInBalance.RequireNobodyTwice(world, (await world.Server.GetCountsAsync()).Bindings);
            foreach (var client in world.Clients)
            {
                SignInBalance.Require(
                    !client.WantsIn || client.Client.State is ClientState.SignedIn or ClientState.SigningIn or ClientState.SignedOut,
                    $"{client.Name} is {client.Client.State}");
            }

            running.Add(world.DoAsync(fault));
        }

        await Task.WhenAll(running);
    }

    private static void RequireNothing(SignInWorld world)
    {
        foreach (var client in world.Clients)
        {
            var counts = client.Client.Counts;
            SignInBalance.Require(client.Client.State == ClientState.SignedOut, $"{client.Name} is {client.Client.State} after signing out");

            // A datagram that comes late makes a flow of its own, which ends with its transport.
            var late = client.Kind == SignInKind.DatagramDigest ? Math.Min(counts.Sip!.Flows, 1) : 0;
            SignInBalance.Require(counts.IsEmpty && counts.Sip == new SipEndpointCounts { Flows = late }, $"{client.Name} is signed out and keeps {counts}");
        }

        SignInBalance.Require(world.CountAssociations() == 0, $"{world.CountAssociations()} security associations are left");
        var server = world.CountServer();
        SignInBalance.Require(server is { Bindings: 0, Work: 0, Sip: { Transactions: 0, Timers: 0 } }, $"nobody is signed in, and the server keeps {server}");
    }

    private static void DisposeAll(SignInWorld world)
    {
        world.Scheduler.Run(async () =>
        {
            foreach (var client in world.Clients)
            {
                await client.Client.DisposeAsync();
            }

            await world.Server.DisposeAsync();
        });
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        foreach (var client in world.Clients)
        {
            Leftovers.RequireNone(client.Name, client.Client);
        }

        Leftovers.RequireNone(world.CountServer());
        SignInBalance.Require(world.Network.OpenFlows == 0, $"{world.Network.OpenFlows} ends of flows are open");
        world.Dispose();
        SignInBalance.Require(world.Scheduler.Clock.ArmedTimers == 0, $"{world.Scheduler.Clock.ArmedTimers} timers are armed");
    }
}
