namespace UcSdk.Sip.Tests;

/// <summary>Refreshes come early by chance, so that nobody stays in step with those who came back in the same moment.</summary>
public sealed class RefreshJitterTests
{
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(7080);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_refresh_comes_within_the_jitter_before_its_time_and_never_after(double jitter)
    {
        for (var seed = 1ul; seed <= 50; seed++)
        {
            var delay = DelayUntilRefresh(seed, new() { RefreshJitter = jitter });

            Assert.InRange(delay, jitter == 0 ? Latest : Latest * (1 - jitter), Latest);
        }
    }

    [Fact]
    public void By_default_those_who_came_back_in_one_moment_are_spread_over_the_whole_tenth()
    {
        var delays = Enumerable.Range(1, 50).Select(seed => DelayUntilRefresh((ulong)seed, SipTimings.Default)).Order().ToArray();

        Assert.Equal(50, delays.Distinct().Count());
        Assert.True(delays[0] < Latest * 0.92, $"{delays[0]}");
        Assert.True(delays[^1] > Latest * 0.98, $"{delays[^1]}");
        // No more in any second than chance brings: 50 over 708 s.
        Assert.All(delays.GroupBy(delay => (int)delay.TotalSeconds), group => Assert.InRange(group.Count(), 1, 3));
    }

    [Fact]
    public void The_same_seed_refreshes_at_the_same_tick_and_each_refresh_draws_anew()
    {
        var first = Moments(7);

        Assert.Equal(first, Moments(7));
        Assert.NotEqual(first[0], first[1]);
    }

    [Fact]
    public void The_jitter_has_a_bound_that_leaves_half_of_the_time()
    {
        Assert.Equal(0.5, new SipTimings { RefreshJitter = 0.5 }.RefreshJitter);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipTimings { RefreshJitter = 0.501 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipTimings { RefreshJitter = -0.001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipTimings { RefreshJitter = double.NaN });
        Assert.Equal(0.1, SipTimings.Default.RefreshJitter);
    }

    [Fact]
    public void A_subscription_and_a_publication_have_it_too()
    {
        var context = new CoreContext(new() { RefreshJitter = 0.5 }, new UcSdk.Core.SeededRandomSource(3));
        var delays = Enumerable.Range(0, 100).Select(_ => RefreshSchedule.DelayOf(TimeSpan.FromSeconds(600), context)).ToArray();

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(480)));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromSeconds(200));
    }

    private static TimeSpan DelayUntilRefresh(ulong seed, SipTimings timings) => Delays(seed, timings)[0];

    private static TimeSpan[] Moments(ulong seed) => Delays(seed, SipTimings.Default);

    /// <summary>From each of two grants to the refresh that follows.</summary>
    private static TimeSpan[] Delays(ulong seed, SipTimings timings)
    {
        var trace = new RecordingTrace();
        var world = new RegistrationWorld(PeerWire.Jittering(seed, timings, trace));
        world.Register(keepAlive: null);
        world.Wire.Advance(Latest);
        world.Grant(world.Wire.ExpectRequest(SipMethod.Register), keepAlive: null);
        world.Wire.Advance(Latest);
        var sent = trace.Entries.Where(entry => entry.Direction == SipTraceDirection.Sent).Select(entry => entry.Elapsed).ToArray();
        var granted = trace.Entries.Where(entry => entry.Direction == SipTraceDirection.Received).Select(entry => entry.Elapsed).ToArray();
        return [sent[1] - granted[0], sent[2] - granted[1]];
    }
}
