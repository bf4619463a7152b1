using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Instant messages between two and in conferences over a faulty network, with a server that is restarted in the middle. <c>UCSDK_SIM_MESSAGES</c> says how many small days
/// (default 4), <c>UCSDK_SIM_FIRST</c> at which seed they begin (default 1).
/// </summary>
[Collection(nameof(Alone))]
public sealed class MessageSeedsTests(ITestOutputHelper output)
{
    private static readonly MessagePlan Small = new() { Pairs = 2, Meetings = [3], Escalations = [3], PlainClients = 1, Turns = 12, Faults = 14 };

    [Fact]
    public void Fifty_people_in_ten_conversations_are_shown_everything_once_and_in_order_and_know_what_became_of_what_they_wrote()
    {
        var world = new MessageWorld(1, new() { Pairs = 3, Meetings = [10, 8, 6, 5], Escalations = [6, 5, 4], PlainClients = 3, Turns = 10, Faults = 40 });
        Assert.Equal((50, 10), (world.People.Count, world.Talks.Count));
        Run(world, 1);
        Assert.True(world.Tally["results", "Delivered"] > 1000, "Hardly anything arrives.");
        Assert.True(world.Tally["conferences", "grown out of two"] >= 3, "Hardly a conversation becomes a conference.");
        foreach (var fault in new[] { "cut", "silent, then cut", "silent", "long silent" })
        {
            Assert.True(world.Tally["faults", fault] > 2, $"Hardly ever: {fault}.");
        }
    }

    /// <summary>
    /// Over the whole run, messages left in doubt are fewer than the faults that can leave them so, each cut, silence and restart counted once, whether it hit a connection or not. On each day
    /// they are fewer than the connections that were hit (<see cref="MessageRules"/>): there one restart, which puts a message on each of them in doubt, weighs too much against the other faults.
    /// Messages in doubt at somebody who was leaving are counted by themselves, and are fewer than the departures.
    /// </summary>
    [Fact]
    public void On_every_small_day_too_and_doubt_is_rarer_than_the_cuts_that_can_cause_it()
    {
        var count = Read("UCSDK_SIM_MESSAGES", 4);
        var first = Read("UCSDK_SIM_FIRST", 1);
        var failures = new List<string>();
        var all = new Tally();
        for (var seed = first; seed < first + count; seed++)
        {
            try
            {
                Run(new MessageWorld(seed, Small), seed, all);
            }
            catch (Exception failure)
            {
                failures.Add($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            }
        }

        output.WriteLine($"{count} days:\n{all}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} seeds failed. {string.Join("\n", failures)}");
        var (doubt, faults) = (all["doubt", MessageDay.UnconfirmedMessages], all["doubt", MessageDay.Faults]);
        Assert.True(doubt < faults, $"{doubt} messages are in doubt after {faults} cuts, silences and restarts.");
        var (left, departures) = (all["doubt", MessageDay.LeftBehind], all["doubt", MessageDay.Departures]);
        Assert.True(left < departures, $"{left} messages are in doubt at people who left, and they left {departures} times.");
        Assert.True(all["results", "Delivered"] > 50 * (long)count, "Hardly anything arrives.");
        foreach (var (what, outcome) in new[] { ("typing", "seen"), ("pages", "written"), ("ways", "left"), ("ways", "left the messages"), ("conferences", "grown out of two") })
        {
            Assert.True(all[what, outcome] > 0, $"Never: {what}, {outcome}.");
        }
    }

    [Fact]
    public void The_same_seed_twice_gives_the_same_bytes_at_the_same_times_and_shows_the_same()
    {
        var (first, second) = (Live(), Live());
        var difference = first.Zip(second).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.Equal(difference.First, difference.Second);
        Assert.Equal(first.Count, second.Count);
        Assert.Contains(first, line => line.Contains(" MESSAGE ", StringComparison.Ordinal));

        static List<string> Live()
        {
            var world = new MessageWorld(7, Small with { KeepsTranscript = true, Turns = 5 });
            MessageDay.Run(world);
            return [.. world.DescribeTranscript(), .. world.History.Shown.Select(shown => shown.ToString())];
        }
    }

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;

    private void Run(MessageWorld world, ulong seed, Tally? all = null)
    {
        try
        {
            MessageDay.Run(world);
        }
        finally
        {
            output.WriteLine($"seed {seed}:\n{world.Tally}");
            all?.Add(world.Tally);
        }
    }
}
