using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Benchmarks;

/// <summary>What a signed-in client that does nothing keeps in memory, with its half of the server, at 1,000 clients.</summary>
internal static class IdleClients
{
    private const int Clients = 1000;

    public static string Measure()
    {
        var scheduler = new SimulationScheduler();
        var house = new SimulatedHouse(scheduler, Clients + 1, TimeSpan.Zero);
        return scheduler.Run(async () =>
        {
            await house.StartAsync();
            // The first client pays for what is made once.
            await house.SignInAsync(Clients);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var index = 0; index < Clients; index++)
            {
                await house.SignInAsync(index);
            }

            var retained = GC.GetTotalMemory(forceFullCollection: true) - before;
            await house.DisposeAsync();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| registered idle client with its half of the server, at {Clients} clients | – | – | {retained / (double)Clients / 1024:F1} KiB kept |");
        });
    }
}
