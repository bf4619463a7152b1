namespace UcSdk.Media;

/// <summary>A run of audio: mono, linear, 16 bit, in time order.</summary>
/// <param name="Samples">The samples. Who receives a frame in a call may read them during that call only, and copies what it keeps.</param>
/// <param name="SampleRate">Samples per second, from 4000 to 192000.</param>
public readonly record struct AudioFrame(ReadOnlyMemory<short> Samples, int SampleRate)
{
    /// <summary>How long the frame lasts; zero when it is empty.</summary>
    public TimeSpan Duration => SampleRate <= 0 ? TimeSpan.Zero : new(Samples.Length * TimeSpan.TicksPerSecond / SampleRate);
}
