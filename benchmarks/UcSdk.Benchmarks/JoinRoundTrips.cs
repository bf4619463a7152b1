using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Benchmarks;

/// <summary>
/// How many network round trips a join takes from a connection that is up to the first audio: by the clock, over a network whose every
/// message takes half a second.
/// </summary>
internal static class JoinRoundTrips
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(500);

    public static string Measure()
    {
        var scheduler = new SimulationScheduler();
        var house = new SimulatedHouse(scheduler, 1, OneWay);
        return scheduler.Run(async () =>
        {
            await house.StartAsync();
            var client = await house.SignInAsync(0);
            var conversation = await client.ConversationManager.MeetNowAsync();
            var start = scheduler.Clock.Now;
            await conversation.JoinAsync();
            var taken = scheduler.Clock.Now - start;
            await house.DisposeAsync();
            return string.Create(
                CultureInfo.InvariantCulture, $"| join, connection up, to the first audio packet | {taken / (2 * OneWay):F2} round trips | – | – |");
        });
    }
}
