namespace UcSdk.Media;

/// <summary>Plays the received stream: takes frames from the jitter buffer in order, decodes them and fills gaps with silence.</summary>
internal sealed class AudioReceiver(JitterBuffer buffer, IReadOnlyDictionary<int, CodecDescription> codecs)
{
    /// <summary>The most samples that one packet may hold: 200 ms, Lync's <c>a=maxptime</c>.</summary>
    public const int MaxSamplesPerPacket = AudioClock.SampleRate / 5;

    private readonly Dictionary<int, IAudioCodec> _decoders = [];
    private readonly short[] _decoded = new short[MaxSamplesPerPacket];
    private long _decodedAt;
    private int _decodedCount;

    /// <summary>Reads that met a gap.</summary>
    public long FramesConcealed { get; private set; }

    /// <summary>Gives a payload to the buffer; null when its payload type or length is not what was agreed.</summary>
    public JitterInsertion? Insert(in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        if (FindDecoder(header.PayloadType) is not { } decoder || decoder.CountSamples(payload) is not (> 0 and <= MaxSamplesPerPacket and var count))
        {
            return null;
        }

        return buffer.Insert(header.Timestamp, count, header.Marker, header.PayloadType, payload);
    }

    /// <summary>Reads the next samples of the timeline; false, and nothing read, while no packet has fixed it.</summary>
    public bool TryRead(Span<short> samples)
    {
        if (!buffer.IsAnchored)
        {
            return false;
        }

        var hasGap = false;
        while (!samples.IsEmpty)
        {
            var count = ReadDecoded(samples);
            if (count == 0 && buffer.FindNext() is { } frame && frame.Timestamp <= buffer.Cursor)
            {
                Decode(frame);
                count = ReadDecoded(samples);
            }
            else if (count == 0)
            {
                count = (int)Math.Min(buffer.FindNext()?.Timestamp - buffer.Cursor ?? long.MaxValue, samples.Length);
                samples[..count].Clear();
                hasGap = true;
            }

            buffer.Advance(count);
            samples = samples[count..];
        }

        FramesConcealed += hasGap ? 1 : 0;
        return true;
    }

    public void Reset()
    {
        buffer.Reset();
        _decodedCount = 0;
        _decoders.Clear();
    }

    private int ReadDecoded(Span<short> samples)
    {
        var skip = buffer.Cursor - _decodedAt;
        if (skip < 0 || skip >= _decodedCount)
        {
            return 0;
        }

        var ready = _decoded.AsSpan((int)skip, _decodedCount - (int)skip);
        var count = Math.Min(ready.Length, samples.Length);
        ready[..count].CopyTo(samples);
        return count;
    }

    private void Decode(JitterFrame frame)
    {
        FindDecoder(frame.PayloadType)!.Decode(frame.Payload, _decoded);
        _decodedAt = frame.Timestamp;
        _decodedCount = frame.SampleCount;
    }

    private IAudioCodec? FindDecoder(int payloadType)
    {
        if (!_decoders.TryGetValue(payloadType, out var decoder) && codecs.TryGetValue(payloadType, out var codec))
        {
            decoder = _decoders[payloadType] = codec.Create();
        }

        return decoder;
    }
}
