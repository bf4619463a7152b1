using System.Buffers.Binary;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>The fixed part of an RTP header (RFC 3550 §5.1).</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           synchronization source (SSRC) identifier            |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |            contributing source (CSRC) identifiers             |
/// |                             ....                              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code></remarks>
internal readonly record struct RtpHeader(bool Marker, byte PayloadType, ushort SequenceNumber, uint Timestamp, uint Ssrc)
{
    public const int Length = 12;

    private const int Version = 2 << 6;
    private const int PaddingBit = 0x20;
    private const int ExtensionBit = 0x10;

    /// <summary>
    /// Reads the header; the payload begins at <paramref name="payloadOffset"/>, after the contributing sources and the extension, which
    /// are stepped over. Padding is not looked at: in SRTP it is encrypted (RFC 3711 §3.1).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header, out int payloadOffset, out ParseError error)
    {
        header = default;
        payloadOffset = 0;
        if (packet.Length < Length)
        {
            error = new(packet.Length, "12 bytes of header", "RFC 3550 §5.1");
            return false;
        }

        if ((packet[0] & 0xC0) != Version)
        {
            error = new(0, "version 2", "RFC 3550 §5.1 V");
            return false;
        }

        header = new(
            (packet[1] & 0x80) != 0,
            (byte)(packet[1] & 0x7F),
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]));
        return TryMeasure(packet, out payloadOffset, out error);
    }

    /// <summary>The payload of a packet in the clear, without padding (RFC 3550 §5.1 P).</summary>
    public static bool TryReadPayload(ReadOnlySpan<byte> packet, int payloadOffset, out ReadOnlySpan<byte> payload, out ParseError error)
    {
        payload = packet[payloadOffset..];
        error = default;
        if ((packet[0] & PaddingBit) == 0)
        {
            return true;
        }

        var padding = payload.IsEmpty ? 0 : payload[^1];
        if (padding == 0 || padding > payload.Length)
        {
            error = new(packet.Length - 1, "a padding length within the payload", "RFC 3550 §5.1 P");
            return false;
        }

        payload = payload[..^padding];
        return true;
    }

    /// <summary>Writes the header of a packet without contributing sources, extension and padding.</summary>
    public void Write(Span<byte> packet)
    {
        packet[0] = Version;
        packet[1] = (byte)((Marker ? 0x80 : 0) | PayloadType);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
    }

    private static bool TryMeasure(ReadOnlySpan<byte> packet, out int payloadOffset, out ParseError error)
    {
        payloadOffset = Length + (4 * (packet[0] & 0x0F));
        error = default;
        if ((packet[0] & ExtensionBit) != 0 && packet.Length >= payloadOffset + 4)
        {
            payloadOffset += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(payloadOffset + 2)..]));
        }
        else if ((packet[0] & ExtensionBit) != 0)
        {
            payloadOffset += 4;
        }

        if (packet.Length < payloadOffset)
        {
            error = new(packet.Length, "contributing sources and extension", "RFC 3550 §5.1 CC, §5.3.1");
            return false;
        }

        return true;
    }
}
