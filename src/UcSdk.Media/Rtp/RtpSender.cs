using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>Makes the packets of the one stream that is sent: encodes a frame, numbers it, protects it. Allocates nothing per packet.</summary>
internal sealed class RtpSender
{
    private readonly AudioFormat _format;
    private readonly IAudioCodec _codec;
    private readonly SrtpSender? _srtp;
    private readonly byte[] _packet;
    private RtpSequence _next;
    private uint _timestamp;
    private Timestamp _frameAt;
    private bool _mark = true;

    public RtpSender(uint ssrc, NegotiatedAudio agreed, SrtpSender? srtp, RandomSource random)
    {
        Ssrc = ssrc;
        _format = agreed.SendFormat;
        _codec = agreed.SendCodec.Create();
        _srtp = srtp;
        _packet = new byte[RtpHeader.Length + _codec.MaxPayloadLength(AudioClock.SamplesPerFrame) + SrtpSender.MaxOverhead];
        _timestamp = random.NextUInt32();

        // The first number is below 2^15, so that a receiver that misses the first packets still guesses the roll-over counter right
        // (RFC 3711 §3.3.1; RFC 4568 §6.4).
        _next = new((ushort)random.Next(1 << 15));
    }

    public uint Ssrc { get; }

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The packet for the next frame; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Send(ReadOnlySpan<short> samples, Timestamp now)
    {
        var header = new RtpHeader(_mark, (byte)_format.PayloadType, _next.Number, _timestamp, Ssrc);
        header.Write(_packet);
        var payload = _codec.Encode(samples, _packet.AsSpan(RtpHeader.Length));
        var length = RtpHeader.Length + payload;
        length = _srtp?.ProtectRtp(_packet, length, header, RtpHeader.Length) ?? length;
        Packets++;
        Bytes += payload;
        _next = _next.Next;
        _mark = false;
        Skip(samples.Length, now);
        return _packet.AsMemory(0, length);
    }

    /// <summary>Lets a frame pass unsent; the one after it begins a talk spurt (RFC 3551 §4.1).</summary>
    public void Pass(int samples, Timestamp now)
    {
        _mark = true;
        Skip(samples, now);
    }

    /// <summary>The timestamp of this moment on the stream's timeline.</summary>
    public uint TimestampAt(Timestamp now) =>
        _timestamp + (uint)((now - _frameAt).Ticks * _format.RtpClockRate / TimeSpan.TicksPerSecond);

    private void Skip(int samples, Timestamp now)
    {
        _timestamp += (uint)((long)samples * _format.RtpClockRate / _format.ClockRate);
        _frameAt = now;
    }
}
