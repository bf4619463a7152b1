namespace UcSdk.Media;

/// <summary>
/// Gives a media session the audio that it sends. This is the push form: the source decides when it has audio (a microphone, a queue, a
/// speech engine). A source that would rather be asked implements <see cref="IPullAudioSource"/>.
/// </summary>
/// <remarks>
/// A source serves one session at a time. The session sends a frame every 20 ms whatever the source does: what has not arrived is sent as
/// silence, and of what arrives faster than it can be sent at most one second is kept.
/// </remarks>
public interface IAudioSource
{
    /// <summary>The session takes audio from now on.</summary>
    /// <param name="deliver">
    /// Takes a frame of any length and rate, in time order, from any thread; copies it before it returns. After <see cref="Stop"/> it
    /// ignores what it is given.
    /// </param>
    void Start(Action<AudioFrame> deliver);

    /// <summary>The session takes no more audio: it ended, or another source took this one's place. Follows every <see cref="Start"/> once.</summary>
    void Stop();
}
