namespace UcSdk.Media;

/// <summary>Silence that never ends.</summary>
public sealed class SilenceSource : IPullAudioSource
{
    /// <inheritdoc/>
    public int SampleRate => AudioClock.SampleRate;

    /// <inheritdoc/>
    public int Read(Memory<short> samples)
    {
        samples.Span.Clear();
        return samples.Length;
    }
}
