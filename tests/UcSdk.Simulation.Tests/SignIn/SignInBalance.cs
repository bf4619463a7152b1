using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>What everybody holds while nothing happens. After an hour of faults it must be what it was before.</summary>
/// <param name="Bindings">Registered endpoints at the server.</param>
/// <param name="Server">What the server's endpoint holds.</param>
/// <param name="OpenFlows">Ends of flows in the network.</param>
/// <param name="Clients">What clients hold, by their kind.</param>
internal sealed record SignInBalance(int Bindings, SipEndpointCounts Server, int OpenFlows, string Clients)
{
    /// <summary>How long a registration lives: short for an hour, and longer than what the clients need to come back.</summary>
    public static readonly TimeSpan Expires = TimeSpan.FromMinutes(10);

    // Those of the network, and of the server's endpoint, registrar, authentication and presence, each while it waits for something; each client has one.
    private const int OtherTimers = 5;

    /// <summary>Looks at a world in which nothing happens, where everybody must be signed in, and once.</summary>
    public static SignInBalance Take(SignInWorld world)
    {
        var missing = world.Clients.Where(client => client.Client.State != ClientState.SignedIn).Select(client => $"{client.Name} is {client.Client.State}").ToArray();
        Require(missing.Length == 0, $"{missing.Length} are not signed in: {string.Join(", ", missing.Take(5))}");
        var server = world.CountServer();
        RequireNobodyTwice(world, server.Bindings);
        Require(server.Bindings == world.Clients.Count, $"{server.Bindings} bindings for {world.Clients.Count} clients");
        Require(server.Work == 0, $"the server does {server.Work} things");
        // Somebody refreshes at any time; a transaction over datagrams waits 32 s for stragglers (RFC 3261 §17.2.2).
        for (var second = 0; server.Sip.Transactions > world.Clients.Count / 8; second++)
        {
            Require(second < 120, $"the server keeps {server.Sip.Transactions} transactions");
            world.Scheduler.Advance(TimeSpan.FromSeconds(1));
            server = world.CountServer();
        }

        var (associations, signing) = (world.CountAssociations(), world.Clients.Count(client => client.Kind == SignInKind.StreamNtlm));
        Require(associations == signing, $"{associations} security associations for {signing} clients that sign");
        var timers = world.Scheduler.Clock.ArmedTimers;
        Require(timers <= world.Clients.Count + OtherTimers, $"{timers} timers are armed for {world.Clients.Count} clients");
        var kinds = world.Clients.GroupBy(client => client.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Key}: {RequireOneMeasure([.. kind])}");
        return new(server.Bindings, server.Sip with { Transactions = 0, Timers = 0 }, world.Network.OpenFlows, string.Join("; ", kinds));
    }

    /// <summary>An endpoint comes back as the one it was: at no time are there more bindings than clients.</summary>
    public static void RequireNobodyTwice(SignInWorld world, int bindings) =>
        Require(bindings <= world.Clients.Count, $"{bindings} bindings for {world.Clients.Count} clients: somebody is signed in twice");

    // All clients of one kind hold the same, to the timer; but those that are refreshing just now, for whom that takes a little more.
    private static string RequireOneMeasure(IReadOnlyList<SignInClient> clients)
    {
        var measure = clients.First(client => client.Client.Counts.Sip!.Transactions == 0).Client.Counts;
        foreach (var client in clients)
        {
            var counts = client.Client.Counts;
            var still = counts.Sip!.Transactions == 0 ? counts : counts with { Sip = counts.Sip with { Transactions = 0, Timers = measure.Sip!.Timers } };
            Require(still == measure, $"{client.Name} ({client.Kind}) holds {counts}, others {measure}");
        }

        return measure.ToString();
    }

    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }
}
