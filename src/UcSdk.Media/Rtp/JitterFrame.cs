namespace UcSdk.Media;

/// <summary>A received frame that waits to be played; its memory is used again.</summary>
internal sealed class JitterFrame
{
    private byte[] _payload = new byte[AudioClock.SamplesPerFrame];

    /// <summary>The unrolled timestamp of its first sample.</summary>
    public long Timestamp { get; private set; }

    public int SampleCount { get; private set; }

    public byte PayloadType { get; private set; }

    public int PayloadLength { get; private set; }

    public long End => Timestamp + SampleCount;

    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, PayloadLength);

    public void Fill(long timestamp, int sampleCount, byte payloadType, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > _payload.Length)
        {
            _payload = new byte[payload.Length];
        }

        payload.CopyTo(_payload);
        PayloadLength = payload.Length;
        PayloadType = payloadType;
        Timestamp = timestamp;
        SampleCount = sampleCount;
    }
}
