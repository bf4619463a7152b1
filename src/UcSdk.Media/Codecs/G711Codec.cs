namespace UcSdk.Media;

/// <summary>PCMU and PCMA: one byte a sample (RFC 3551 §4.5.14).</summary>
internal sealed class G711Codec(G711Law law) : IAudioCodec
{
    private readonly short[] _values = law == G711Law.Mu ? G711.MuValues : G711.AValues;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (law == G711Law.Mu)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                payload[i] = G711.EncodeMu(samples[i]);
            }
        }
        else
        {
            for (var i = 0; i < samples.Length; i++)
            {
                payload[i] = G711.EncodeA(samples[i]);
            }
        }

        return samples.Length;
    }

    public int CountSamples(ReadOnlySpan<byte> payload) => payload.Length;

    public void Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        for (var i = 0; i < payload.Length; i++)
        {
            samples[i] = _values[payload[i]];
        }
    }

    public int MaxPayloadLength(int sampleCount) => sampleCount;
}
