using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>Bounds on a WAV file that is read.</summary>
internal static class WavLimits
{
    /// <summary>Chunks before and after the audio: lists, cues and the like.</summary>
    public static readonly Limit MaxChunks = new("WAV.MaxChunks", 64);

    /// <summary>An hour of stereo at 16 kHz, or more than four of what a call carries.</summary>
    public static readonly Limit MaxSamples = new("WAV.MaxSamples", 128 * 1024 * 1024);
}
