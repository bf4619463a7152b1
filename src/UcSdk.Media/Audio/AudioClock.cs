namespace UcSdk.Media;

/// <summary>The one place that names the audio inside the media floor: 8 kHz, mono, 16 bit, in frames of 20 ms.</summary>
internal static class AudioClock
{
    public const int SampleRate = 8000;

    public const int FrameMilliseconds = 20;

    public const int SamplesPerFrame = SampleRate * FrameMilliseconds / 1000;

    public static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(FrameMilliseconds);
}
