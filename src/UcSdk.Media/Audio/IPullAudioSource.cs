namespace UcSdk.Media;

/// <summary>A source that is asked for audio whenever the session needs it, and so follows the session's clock without one of its own.</summary>
public interface IPullAudioSource : IAudioSource
{
    /// <summary>Samples per second that <see cref="Read"/> gives, 4000…192000; the same for the life of the source. The session resamples.</summary>
    int SampleRate { get; }

    /// <summary>
    /// Writes the next samples. Called by the session on its own loop about every 20 ms, so it must not block.
    /// </summary>
    /// <param name="samples">Where to write them; not to be kept.</param>
    /// <returns>How many were written, from the start; what is missing is sent as silence. A source that has ended returns 0.</returns>
    int Read(Memory<short> samples);

    /// <summary>Nothing to do for a source that is asked; override it to learn that a session begins to ask.</summary>
    void IAudioSource.Start(Action<AudioFrame> deliver)
    {
    }

    /// <summary>Nothing to do for a source that is asked; override it to learn that the session asks no more.</summary>
    void IAudioSource.Stop()
    {
    }
}
