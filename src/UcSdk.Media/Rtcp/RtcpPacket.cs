using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>One packet of an RTCP compound packet (RFC 3550 §6.4).</summary>
internal readonly ref struct RtcpPacket(RtcpPacketType type, int count, ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;

    public RtcpPacketType Type { get; } = type;

    /// <summary>The five bits after the version: how many blocks or sources there are.</summary>
    public int Count { get; } = count;

    /// <summary>The bytes after the first four, without padding.</summary>
    public ReadOnlySpan<byte> Body => _body;

    public bool IsReport => Type is RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport;

    /// <summary>Who sends the report.</summary>
    public uint ReporterSsrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    /// <summary>The sender's own part of a sender report.</summary>
    public RtcpSenderInfo SenderInfo => RtcpSenderInfo.Read(_body[4..]);

    /// <summary>One of the report blocks of a report; what a profile appends after them ([MS-RTP] §2.2) is not read.</summary>
    public RtcpReportBlock GetReportBlock(int index) => RtcpReportBlock.Read(_body[(BlocksOffset(Type) + (index * RtcpReportBlock.Length))..]);

    /// <summary>One of the sources that a BYE packet names (RFC 3550 §6.6).</summary>
    public uint GetByeSsrc(int index) => BinaryPrimitives.ReadUInt32BigEndian(_body[(4 * index)..]);

    /// <summary>Whether the body is long enough for what <see cref="Count"/> promises.</summary>
    internal static bool IsComplete(RtcpPacketType type, int count, int bodyLength) => type switch
    {
        RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport => bodyLength >= BlocksOffset(type) + (count * RtcpReportBlock.Length),
        RtcpPacketType.Bye => bodyLength >= 4 * count,
        _ => true,
    };

    /// <summary>The CNAME of the first source of a source description (RFC 3550 §6.5.1), or empty.</summary>
    public ReadOnlySpan<byte> FindCanonicalName()
    {
        const byte canonicalName = 1;
        var items = Type == RtcpPacketType.SourceDescription && Count > 0 && _body.Length > 4 ? _body[4..] : default;
        while (items.Length >= 2 && items[0] != 0 && items.Length >= 2 + items[1])
        {
            if (items[0] == canonicalName)
            {
                return items.Slice(2, items[1]);
            }

            items = items[(2 + items[1])..];
        }

        return default;
    }

    private static int BlocksOffset(RtcpPacketType type) => type == RtcpPacketType.SenderReport ? 4 + RtcpSenderInfo.Length : 4;
}
