namespace UcSdk.Media;

/// <summary>Turns samples into payloads and back; one instance per stream and direction, because codecs may remember.</summary>
internal interface IAudioCodec
{
    /// <summary>Writes the payload of one frame; returns its length. <paramref name="payload"/> holds <see cref="MaxPayloadLength"/> bytes.</summary>
    int Encode(ReadOnlySpan<short> samples, Span<byte> payload);

    /// <summary>How many samples the payload holds; 0 when it is not one of this codec.</summary>
    int CountSamples(ReadOnlySpan<byte> payload);

    /// <summary>Writes the samples of a payload, as many as <see cref="CountSamples"/> says.</summary>
    void Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>The longest payload of a frame of that many samples.</summary>
    int MaxPayloadLength(int sampleCount);
}
