using UcSdk.Core;

namespace UcSdk.Media.Tests.Audio;

public sealed class CrossCorrelationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(-777)]
    public void A_shifted_and_quieter_copy_is_found_where_it_is(int lag)
    {
        var noise = Noise(1, 6000);
        var first = noise[1000..5000];
        var second = noise[(1000 - lag)..(5000 - lag)].Select(sample => (short)(sample / 3)).ToArray();

        var result = CrossCorrelation.Measure(first, second, 1000);

        Assert.Equal(lag, result.Lag);
        Assert.InRange(result.Coefficient, 0.999, 1);
    }

    [Fact]
    public void It_agrees_with_the_definition()
    {
        var (a, b) = (Noise(1, 50), Noise(2, 40));
        var best = (Coefficient: 0.0, Lag: 0);
        for (var lag = -20; lag <= 20; lag++)
        {
            var pairs = Enumerable.Range(0, 50).Where(i => i + lag is >= 0 and < 40).Select(i => ((double)a[i], (double)b[i + lag])).ToArray();
            var coefficient = pairs.Sum(p => p.Item1 * p.Item2) / Math.Sqrt(pairs.Sum(p => p.Item1 * p.Item1) * pairs.Sum(p => p.Item2 * p.Item2));
            best = pairs.Length >= 10 && coefficient > best.Coefficient ? (coefficient, lag) : best;
        }

        var result = CrossCorrelation.Measure(a, b, 20);

        Assert.Equal((Math.Round(best.Coefficient, 9), best.Lag), (Math.Round(result.Coefficient, 9), result.Lag));
    }

    [Fact]
    public void Different_speakers_and_silence_have_nothing_in_common()
    {
        Assert.InRange(CrossCorrelation.Measure(Noise(1, 80_000), Noise(2, 80_000), 80_000).Coefficient, 0, 0.05);
        Assert.Equal(new(0, 0), CrossCorrelation.Measure(Noise(1, 8000), new short[8000], 8000));
        Assert.Equal(new(0, 0), CrossCorrelation.Measure(new short[8000], new short[8000], 8000));
        Assert.Equal(new(0, 0), CrossCorrelation.Measure(Array.Empty<short>(), Noise(1, 10), 8000));
    }

    [Theory]
    [InlineData(2, 0.99, 1)]
    [InlineData(3, 0, 0)]
    public void The_whole_of_a_signal_is_found_within_silence_down_to_half_its_amplitude(int divisor, double least, double most)
    {
        var voice = Noise(1, 4000);
        short[] heard = [.. new short[9000], .. voice.Select(sample => (short)Math.Round((double)sample / divisor, MidpointRounding.AwayFromZero)), .. new short[2000]];

        var result = CrossCorrelation.Find(voice, heard);

        Assert.InRange(result.Coefficient, least, most);
        Assert.Equal(divisor == 2 ? 9000 : 0, result.Lag);
    }

    [Fact]
    public void A_part_of_a_signal_counts_for_its_part_and_another_signal_for_nothing()
    {
        var voice = Noise(1, 8000);

        Assert.Equal(Math.Sqrt(0.5), CrossCorrelation.Find(voice, voice.AsMemory(0, 4000)).Coefficient, 0.02);
        Assert.InRange(CrossCorrelation.Find(voice, Noise(2, 30_000)).Coefficient, 0, 0.06);
        Assert.Equal(new(0, 0), CrossCorrelation.Find(voice, new short[8000]));
        Assert.Equal(new(0, 0), CrossCorrelation.Find(voice, Array.Empty<short>()));
    }

    private static short[] Noise(ulong seed, int count)
    {
        var random = new SeededRandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (short)(random.Next(20_000) - 10_000))];
    }
}
