namespace UcSdk.Core.Tests;

public sealed class TimestampTests
{
    [Fact]
    public void Timestamps_count_in_ticks_of_the_clock_whatever_its_frequency()
    {
        var scheduler = new SimulationScheduler();
        var before = Timestamp.Of(scheduler.Time);
        scheduler.Advance(TimeSpan.FromMilliseconds(3));

        Assert.Equal(TimeSpan.FromMilliseconds(3), Timestamp.Of(scheduler.Time) - before);
    }

    [Fact]
    public void Timestamps_are_ordered_and_never_is_the_last()
    {
        var one = new Timestamp(1);
        var two = one + new TimeSpan(1);

        Assert.True(one < two && two > one && one <= two && two >= one && two <= Timestamp.Never);
        Assert.Equal(one, Timestamp.Earlier(two, one));
        Assert.True(one.CompareTo(two) < 0);
    }
}
