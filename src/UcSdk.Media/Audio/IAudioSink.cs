namespace UcSdk.Media;

/// <summary>Takes the audio that a media session hears.</summary>
public interface IAudioSink
{
    /// <summary>
    /// Takes the next 20 ms. From the first packet on the session calls this every 20 ms without gaps: what the network lost is silence, so
    /// the number of samples taken is the time that has passed.
    /// </summary>
    /// <remarks>Called on the session's loop, so it must not block. A sink that throws is taken off and the failure is logged.</remarks>
    /// <param name="frame">The audio. Its memory is valid during this call only: copy what you keep.</param>
    void Write(AudioFrame frame);
}
