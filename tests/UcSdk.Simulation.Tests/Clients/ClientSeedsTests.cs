using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Presence and contact lists of <see cref="LyncClient"/>s over a faulty network, with a server that is replaced in the middle. <c>UCSDK_SIM_CLIENTS</c> says how many small
/// days (default 6), <c>UCSDK_SIM_FIRST</c> at which seed they begin (default 1).
/// </summary>
[Collection(nameof(Alone))]
public sealed class ClientSeedsTests(ITestOutputHelper output)
{
    private static readonly ClientPlan Small = new() { People = 6, Contacts = 3, Actions = 15, Faults = 12 };

    [Fact]
    public void Forty_people_with_twelve_contacts_each_agree_with_the_server_about_presence_and_lists_and_never_saw_more_than_their_level()
    {
        var world = new ClientWorld(1, new() { People = 40, Contacts = 12, Actions = 8, Faults = 40 });
        ClientDay.Run(world);
        output.WriteLine(world.Tally.ToString());
        foreach (var level in new[] { "100", "200", "300", "400", "32000" })
        {
            Assert.True(world.Tally["at quiet on level", level] > 5, $"Hardly anybody is on {level}.");
        }

        foreach (var edit in new[] { "group added", "group renamed", "group removed", "contact added", "contact removed", "contact moved" })
        {
            Assert.True(world.Tally["list", edit] > 3, $"Hardly ever: {edit}.");
        }
    }

    [Fact]
    public void On_every_small_day_too()
    {
        var count = Read("UCSDK_SIM_CLIENTS", 6);
        var first = Read("UCSDK_SIM_FIRST", 1);
        var failures = new List<string>();
        for (var seed = first; seed < first + count; seed++)
        {
            var world = new ClientWorld(seed, Small);
            try
            {
                ClientDay.Run(world);
            }
            catch (Exception failure)
            {
                failures.Add($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            }

            output.WriteLine($"seed {seed}:\n{world.Tally}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {count} seeds failed. {string.Join("\n", failures)}");
    }

    [Fact]
    public void The_same_seed_is_the_same_day()
    {
        var days = Enumerable.Range(0, 2).Select(_ =>
        {
            var world = new ClientWorld(7, Small);
            ClientDay.Run(world);
            return (world.Tally.ToString(), world.Random.NextUInt64(), world.Scheduler.Clock.Now);
        }).ToArray();
        Assert.Equal(days[0], days[1]);
    }

    [Fact]
    public void A_client_that_misses_what_a_contact_says_is_found_to_believe_something_else() => Catches("believes", Small with { Deafness = ClientDeafness.Presence });

    [Fact]
    public void A_client_that_misses_an_edit_is_found_to_have_another_list() => Catches("has the list", Small with { Deafness = ClientDeafness.List });

    [Fact]
    public void A_level_that_the_server_does_not_know_of_is_found_to_be_shown_too_much() => Catches("its level forbids", Small with { MovesInSilence = true });

    private static void Catches(string what, ClientPlan plan) =>
        Assert.Contains(what, Assert.Throws<DisagreementException>(() => ClientDay.Run(new ClientWorld(1, plan))).Message, StringComparison.Ordinal);

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;
}
