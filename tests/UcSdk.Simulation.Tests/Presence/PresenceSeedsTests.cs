using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Presence over a faulty network. <c>UCSDK_SIM_PRESENCE</c> says how many small days (default 20), <c>UCSDK_SIM_FIRST</c> at which seed they begin (default 1).
/// </summary>
[Collection(nameof(Alone))]
public sealed class PresenceSeedsTests(ITestOutputHelper output)
{
    private static readonly PresencePlan Small = new() { People = 12, Contacts = 6, Actions = 25, Faults = 12 };

    [Fact]
    public void Two_hundred_people_with_fifty_contacts_each_know_what_the_server_holds_for_their_level_and_never_saw_more()
    {
        var world = new PresenceWorld(1, new() { People = 200, Contacts = 50, Actions = 5, Faults = 60 });
        PresenceDay.Run(world);
        output.WriteLine(world.Tally.ToString());
        foreach (var level in new[] { "100", "200", "300", "400", "32000" })
        {
            Assert.True(world.Tally["at quiet on level", level] > 500, $"Hardly anybody is on {level}.");
        }

        Assert.True(world.Tally["publication", "409"] > 0, "Nobody has ever named a wrong version.");
    }

    [Fact]
    public void On_every_small_day_too()
    {
        var count = Read("UCSDK_SIM_PRESENCE", 20);
        var first = Read("UCSDK_SIM_FIRST", 1);
        var failures = new List<string>();
        var tally = "";
        for (var seed = first; seed < first + count; seed++)
        {
            var world = new PresenceWorld(seed, Small);
            try
            {
                PresenceDay.Run(world);
            }
            catch (Exception failure)
            {
                failures.Add($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            }

            tally = world.Tally.ToString();
        }

        output.WriteLine(tally);
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} seeds failed. {string.Join("\n", failures)}");
    }

    [Fact]
    public void The_same_seed_is_the_same_day()
    {
        var days = Enumerable.Range(0, 2).Select(_ =>
        {
            var world = new PresenceWorld(7, Small);
            PresenceDay.Run(world);
            return (world.Tally.ToString(), world.Random.NextUInt64(), world.Scheduler.Clock.Now);
        }).ToArray();
        Assert.Equal(days[0], days[1]);
    }

    [Fact]
    public void A_watcher_who_overlooks_something_is_found_to_believe_something_else() => Catches("believes", Small with { Overlooks = 3 });

    [Fact]
    public void A_level_that_the_server_does_not_know_of_is_found_to_be_shown_too_much() => Catches("its level forbids", Small with { MovesInSilence = true });

    private static void Catches(string what, PresencePlan plan) =>
        Assert.Contains(what, Assert.Throws<DisagreementException>(() => PresenceDay.Run(new PresenceWorld(1, plan))).Message, StringComparison.Ordinal);

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;
}
