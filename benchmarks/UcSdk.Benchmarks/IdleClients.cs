using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// What a signed-in client that does nothing keeps in memory: with its half of the server, unsigned at 1,000 clients and with every message signed at 5,000; and the half
/// of the server alone, so that the client's is the difference.
/// </summary>
internal static class IdleClients
{
    private const int Clients = 1000;
    private const int SignedClients = 5000;

    public static IEnumerable<string> Measure()
    {
        yield return Row("registered idle client with its half of the server", Clients, Weigh(Clients, null, (house, index) => house.SignInAsync(index)));
        using var password = new SipPassword("wonderland");
        var both = Weigh(SignedClients, password, (house, index) => house.SignInAsync(index));
        var server = Weigh(SignedClients, password, (house, index) => house.SignInPeerAsync(index));
        yield return Row("idle client signed in by NTLM, with its half of the server", SignedClients, both);
        yield return Row("of that, the half of the server", SignedClients, server);
        yield return Row("of that, the client", SignedClients, both - server);
    }

    private static string Row(string what, int clients, double bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"| {what}, at {clients} clients | – | – | {bytes / 1024:F1} KiB kept |");

    private static double Weigh(int clients, SipPassword? password, Func<SimulatedHouse, int, Task> signInAsync)
    {
        var scheduler = new SimulationScheduler();
        var house = new SimulatedHouse(scheduler, clients + 1, TimeSpan.Zero, password);
        return scheduler.Run(async () =>
        {
            await house.StartAsync();
            // The first client pays for what is made once.
            await signInAsync(house, clients);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var index = 0; index < clients; index++)
            {
                await signInAsync(house, index);
            }

            var retained = GC.GetTotalMemory(forceFullCollection: true) - before;
            await house.DisposeAsync();
            return retained / (double)clients;
        });
    }
}
