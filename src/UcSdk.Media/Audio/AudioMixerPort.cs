namespace UcSdk.Media;

/// <summary>One participant of a mix: a frame in, a frame out.</summary>
internal sealed class AudioMixerPort
{
    /// <summary>What the participant says; written before each mix.</summary>
    public short[] Input { get; } = new short[AudioClock.SamplesPerFrame];

    /// <summary>What the participant hears; read after each mix.</summary>
    public short[] Output { get; } = new short[AudioClock.SamplesPerFrame];
}
