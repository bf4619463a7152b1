using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>Checks and decrypts what the peer sends, whatever its sources (RFC 3711 §3.3, §3.4). Bad packets are told apart, never thrown.</summary>
internal sealed class SrtpReceiver(InlineKey key) : IDisposable
{
    /// <summary>Sources that are remembered; a peer uses one, or a few when it changes its SSRC.</summary>
    public const int MaxSources = 64;

    private const int RtcpHeaderLength = 8;
    private const uint EncryptedBit = 0x80000000;

    private readonly SrtpKeys _keys = new(key);
    private readonly Dictionary<uint, SrtpSource> _sources = [];

    private int TrailerLength => _keys.Mki.Length + SrtpCipher.TagLength;

    /// <summary>Decrypts an RTP packet in place; <paramref name="length"/> is that of the packet in the clear.</summary>
    public SrtpResult UnprotectRtp(Span<byte> packet, out int length)
    {
        length = packet.Length - TrailerLength;
        if (length < RtpHeader.Length || !RtpHeader.TryRead(packet[..length], out var header, out var payloadOffset, out _))
        {
            return SrtpResult.Malformed;
        }

        if (!TryFindSource(header.Ssrc, out var source))
        {
            return SrtpResult.TooManySources;
        }

        // The roll-over counter is not sent: it is the one that brings the index nearest to the highest one seen (RFC 3711 §3.3.1).
        var guess = source.HasRtp ? new RtpSequence(source.Rtp.Highest).Nearest(header.SequenceNumber).Extended : header.SequenceNumber;
        if (guess < 0 || !source.Rtp.Allows(guess))
        {
            return SrtpResult.Replayed;
        }

        if (!_keys.Mki.IsAt(packet.Slice(length, _keys.Mki.Length))
            || !_keys.Rtp.Verify(packet[..length], (uint)(guess >> 16), packet[^SrtpCipher.TagLength..]))
        {
            return SrtpResult.AuthenticationFailed;
        }

        source.Rtp.Mark(guess);
        source.HasRtp = true;
        _sources[header.Ssrc] = source;
        _keys.Rtp.Transform(header.Ssrc, guess, packet[payloadOffset..length]);
        return SrtpResult.Ok;
    }

    /// <summary>Decrypts an RTCP compound packet in place; <paramref name="length"/> is that of the packet in the clear.</summary>
    public SrtpResult UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = packet.Length - TrailerLength - 4;
        if (length < RtcpHeaderLength)
        {
            return SrtpResult.Malformed;
        }

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        if (!TryFindSource(ssrc, out var source))
        {
            return SrtpResult.TooManySources;
        }

        if (!_keys.Mki.IsAt(packet.Slice(length + 4, _keys.Mki.Length))
            || !_keys.Rtcp.Verify(packet[..(length + 4)], null, packet[^SrtpCipher.TagLength..]))
        {
            return SrtpResult.AuthenticationFailed;
        }

        var index = (long)(word & ~EncryptedBit);
        if (!source.Rtcp.Allows(index))
        {
            return SrtpResult.Replayed;
        }

        source.Rtcp.Mark(index);
        _sources[ssrc] = source;
        if ((word & EncryptedBit) != 0)
        {
            _keys.Rtcp.Transform(ssrc, index, packet[RtcpHeaderLength..length]);
        }

        return SrtpResult.Ok;
    }

    public void Dispose() => _keys.Dispose();

    private bool TryFindSource(uint ssrc, out SrtpSource source)
    {
        if (_sources.TryGetValue(ssrc, out source!))
        {
            return true;
        }

        source = new();
        return _sources.Count < MaxSources;
    }
}
