namespace UcSdk.Media;

/// <summary>The audio of a WAV file. Immutable.</summary>
public sealed class WavAudio
{
    internal WavAudio(short[] samples, int sampleRate, int channelCount)
    {
        Samples = samples;
        SampleRate = sampleRate;
        ChannelCount = channelCount;
    }

    /// <summary>The samples, those of the channels taking turns.</summary>
    public ReadOnlyMemory<short> Samples { get; }

    /// <summary>Samples per second and channel, 4000…192000.</summary>
    public int SampleRate { get; }

    /// <summary>1 or 2.</summary>
    public int ChannelCount { get; }

    /// <summary>How long the audio lasts.</summary>
    public TimeSpan Duration => new((long)Samples.Length / ChannelCount * TimeSpan.TicksPerSecond / SampleRate);

    /// <summary>The audio with its channels mixed into one, each at half its strength.</summary>
    /// <returns>The frame.</returns>
    public AudioFrame ToMono()
    {
        if (ChannelCount == 1)
        {
            return new(Samples, SampleRate);
        }

        var source = Samples.Span;
        var mono = new short[source.Length / 2];
        for (var i = 0; i < mono.Length; i++)
        {
            mono[i] = (short)((source[2 * i] + source[(2 * i) + 1]) / 2);
        }

        return new(mono, SampleRate);
    }

    /// <summary>The audio mixed into one channel and brought to another rate.</summary>
    /// <param name="sampleRate">Samples per second, 4000…192000.</param>
    /// <returns>The frame.</returns>
    public AudioFrame ToMono(int sampleRate)
    {
        var mono = ToMono();
        var resampler = new Resampler(SampleRate, sampleRate);
        var samples = new short[resampler.MaxOutput(mono.Samples.Length)];
        var count = resampler.Resample(mono.Samples.Span, samples);
        return new(samples.AsMemory(0, count), sampleRate);
    }
}
