using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>Writes an RTCP compound packet, packet after packet (RFC 3550 §6.4).</summary>
internal ref struct RtcpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public void WriteSenderReport(uint ssrc, in RtcpSenderInfo info, in RtcpReportBlock? block)
    {
        var body = Begin(RtcpPacketType.SenderReport, block is null ? 0 : 1, 4 + RtcpSenderInfo.Length + (block is null ? 0 : RtcpReportBlock.Length));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        info.Write(body[4..]);
        block?.Write(body[(4 + RtcpSenderInfo.Length)..]);
    }

    public void WriteReceiverReport(uint ssrc, in RtcpReportBlock? block)
    {
        var body = Begin(RtcpPacketType.ReceiverReport, block is null ? 0 : 1, 4 + (block is null ? 0 : RtcpReportBlock.Length));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        block?.Write(body[4..]);
    }

    /// <summary>Names the source (RFC 3550 §6.5); at most 255 bytes.</summary>
    public void WriteSourceDescription(uint ssrc, ReadOnlySpan<byte> canonicalName)
    {
        // One chunk: SSRC, the CNAME item, and at least one zero byte up to the next word.
        var items = 2 + canonicalName.Length + 1;
        var body = Begin(RtcpPacketType.SourceDescription, 1, 4 + ((items + 3) / 4 * 4));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4] = 1;
        body[5] = (byte)canonicalName.Length;
        canonicalName.CopyTo(body[6..]);
    }

    public void WriteBye(uint ssrc) => BinaryPrimitives.WriteUInt32BigEndian(Begin(RtcpPacketType.Bye, 1, 4), ssrc);

    private Span<byte> Begin(RtcpPacketType type, int count, int bodyLength)
    {
        var packet = _buffer.Slice(Length, 4 + bodyLength);
        packet.Clear();
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(bodyLength / 4));
        Length += packet.Length;
        return packet[4..];
    }
}
