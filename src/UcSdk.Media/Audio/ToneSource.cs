namespace UcSdk.Media;

/// <summary>A pure tone that never ends.</summary>
public sealed class ToneSource : IPullAudioSource
{
    private readonly double _step;
    private readonly double _amplitude;
    private double _phase;

    /// <summary>Makes a tone.</summary>
    /// <param name="frequency">In hertz, above 0 and below half the rate.</param>
    /// <param name="amplitude">Its peak as a share of the largest sample, 0…1; default 0.3.</param>
    /// <param name="sampleRate">Samples per second, 4000…192000; default 8000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ToneSource(double frequency, double amplitude = 0.3, int sampleRate = AudioClock.SampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, Resampler.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, Resampler.MaxRate);
        if (!(frequency > 0 && frequency < sampleRate / 2.0))
        {
            throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "A tone lies between 0 and half the sample rate.");
        }

        if (!(amplitude is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(amplitude), amplitude, "An amplitude lies between 0 and 1.");
        }

        SampleRate = sampleRate;
        _step = 2 * Math.PI * frequency / sampleRate;
        _amplitude = amplitude * short.MaxValue;
    }

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <inheritdoc/>
    public int Read(Memory<short> samples)
    {
        foreach (ref var sample in samples.Span)
        {
            sample = (short)Math.Round(_amplitude * Math.Sin(_phase));
            _phase = (_phase + _step) % (2 * Math.PI);
        }

        return samples.Length;
    }
}
