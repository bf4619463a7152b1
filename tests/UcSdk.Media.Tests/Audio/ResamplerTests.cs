namespace UcSdk.Media.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(48000, 8000)]
    [InlineData(44100, 8000)]
    [InlineData(22050, 8000)]
    [InlineData(16000, 8000)]
    [InlineData(8000, 16000)]
    [InlineData(8000, 48000)]
    public void A_tone_keeps_its_shape_and_loudness(int from, int to)
    {
        var input = new short[from];
        new ToneSource(1000, 0.5, from).Read(input);
        var output = Resample(input, from, to);

        Assert.InRange(output.Length, to - 1, to + 1);
        Assert.InRange(Level(output.AsSpan(to / 10, to / 2)), 0.995 * 0.5 * 32767 / Math.Sqrt(2), 1.005 * 0.5 * 32767 / Math.Sqrt(2));
        var expected = new short[to];
        new ToneSource(1000, 0.5, to).Read(expected);
        Assert.InRange(CrossCorrelation.Measure(expected, output, to / 100).Coefficient, 0.999, 1);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_filtered_out()
    {
        var input = new short[48000];
        new ToneSource(6000, 0.5, 48000).Read(input);

        Assert.InRange(Level(Resample(input, 48000, 8000).AsSpan(1000)), 0, 0.5 * 32767 / Math.Sqrt(2) / 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(441)]
    public void Pieces_of_any_length_give_the_same_stream(int piece)
    {
        var input = new short[4410];
        new ToneSource(300, 0.5, 44100).Read(input);
        var whole = Resample(input, 44100, 8000);
        var resampler = new Resampler(44100, 8000);
        var pieces = new List<short>();
        var output = new short[1000];
        foreach (var part in input.Chunk(piece))
        {
            pieces.AddRange(output[..resampler.Resample(part, output)]);
        }

        Assert.Equal(whole, pieces);
    }

    [Theory]
    [InlineData(3999, 8000)]
    [InlineData(192001, 8000)]
    [InlineData(8000, 3999)]
    public void Rates_outside_the_range_are_refused(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    private static short[] Resample(short[] input, int from, int to)
    {
        var resampler = new Resampler(from, to);
        var output = new short[resampler.MaxOutput(input.Length)];
        return output[..resampler.Resample(input, output)];
    }

    private static double Level(ReadOnlySpan<short> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / samples.Length);
    }
}
