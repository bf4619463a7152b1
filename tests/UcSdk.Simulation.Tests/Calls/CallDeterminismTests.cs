namespace UcSdk.Simulation.Tests;

/// <summary>A day of calls is a function of its seed, to the byte.</summary>
public sealed class CallDeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20_261)]
    public void The_same_seed_twice_gives_the_same_bytes_at_the_same_times(ulong seed)
    {
        var first = Live(seed);
        var second = Live(seed);

        // Of thousands of lines the first that differs is the one worth reading.
        var difference = first.Zip(second).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.Equal(difference.First, difference.Second);
        Assert.Equal(first.Count, second.Count);
        Assert.InRange(first.Count, 50, int.MaxValue);
    }

    [Fact]
    public void Another_seed_gives_another_day() => Assert.Empty(Live(1).Intersect(Live(2)));

    private static List<string> Live(ulong seed)
    {
        List<string> transcript = [];
        CallDay.Run(seed, new(), world => transcript.AddRange(world.DescribeTranscript()));
        return transcript;
    }
}
