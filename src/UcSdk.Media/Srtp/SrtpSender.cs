using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>Protects what one source sends (RFC 3711 §3.3, §3.4).</summary>
/// <remarks><code>
/// SRTP :  header | encrypted payload              | MKI (if agreed) | tag (10)
/// SRTCP:  header (8) | encrypted rest | E + index (4) | MKI (if agreed) | tag (10)
/// </code></remarks>
internal sealed class SrtpSender(InlineKey key) : IDisposable
{
    /// <summary>The most bytes that protection adds to a packet.</summary>
    public const int MaxOverhead = 4 + 4 + SrtpCipher.TagLength;

    private const int RtcpHeaderLength = 8;
    private const uint EncryptedBit = 0x80000000;

    private readonly SrtpKeys _keys = new(key);
    private RtpSequence? _last;
    private uint _rtcpIndex;

    /// <summary>Protects the RTP packet at the start of the buffer in place; returns its new length.</summary>
    public int ProtectRtp(Span<byte> buffer, int length, in RtpHeader header, int payloadOffset)
    {
        var sequence = _last is { } last ? last.Nearest(header.SequenceNumber) : new(header.SequenceNumber);
        _last = sequence;
        _keys.Rtp.Transform(header.Ssrc, sequence.Extended, buffer[payloadOffset..length]);
        _keys.Mki.Write(buffer[length..]);
        _keys.Rtp.Sign(buffer[..length], (uint)(sequence.Extended >> 16), buffer[(length + _keys.Mki.Length)..]);
        return length + _keys.Mki.Length + SrtpCipher.TagLength;
    }

    /// <summary>Protects the RTCP compound packet at the start of the buffer in place; returns its new length.</summary>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        // 31 bits; at a report a second they last for 68 years.
        _rtcpIndex = (_rtcpIndex + 1) & ~EncryptedBit;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        _keys.Rtcp.Transform(ssrc, _rtcpIndex, buffer[RtcpHeaderLength..length]);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], _rtcpIndex | EncryptedBit);
        length += 4;
        _keys.Mki.Write(buffer[length..]);
        _keys.Rtcp.Sign(buffer[..length], null, buffer[(length + _keys.Mki.Length)..]);
        return length + _keys.Mki.Length + SrtpCipher.TagLength;
    }

    public void Dispose() => _keys.Dispose();
}
