namespace UcSdk.Core.Tests;

public sealed class NetworkConditionsTests
{
    private readonly SeededRandomSource _random = new(1);

    [Fact]
    public void A_perfect_network_neither_delays_nor_loses_nor_repeats_and_asks_for_no_randomness()
    {
        var untouched = new SeededRandomSource(1);

        Assert.Equal(TimeSpan.Zero, NetworkConditions.Perfect.NextDelay(_random));
        Assert.False(NetworkConditions.Perfect.IsLost(_random));
        Assert.False(NetworkConditions.Perfect.IsDuplicated(_random));
        Assert.Equal(untouched.NextUInt64(), _random.NextUInt64());
    }

    [Fact]
    public void Jitter_is_added_to_the_delay_and_stays_within_its_bound()
    {
        var network = new NetworkConditions { Delay = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.FromMilliseconds(5) };
        var delays = Enumerable.Range(0, 500).Select(_ => network.NextDelay(_random)).ToList();

        Assert.All(delays, delay => Assert.InRange(delay.TotalMilliseconds, 10, 15));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromMilliseconds(4));
    }

    [Fact]
    public void Loss_and_duplication_happen_in_the_share_that_was_asked_for()
    {
        var network = new NetworkConditions { Loss = 0.25, Duplication = 0.5 };

        Assert.InRange(Enumerable.Range(0, 4000).Count(_ => network.IsLost(_random)), 900, 1100);
        Assert.InRange(Enumerable.Range(0, 4000).Count(_ => network.IsDuplicated(_random)), 1850, 2150);
        Assert.True(new NetworkConditions { Loss = 1 }.IsLost(_random));
    }
}
