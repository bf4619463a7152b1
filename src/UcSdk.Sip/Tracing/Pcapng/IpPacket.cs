using System.Buffers.Binary;
using System.Net.Sockets;

namespace UcSdk.Sip;

/// <summary>Puts IP and TCP or UDP headers, with their checksums, before a payload (RFC 791, 8200, 9293, 768).</summary>
internal static class IpPacket
{
    /// <summary>The most that one TCP segment carries here: what fits into an IPv4 packet without options.</summary>
    public const int MaxSegment = 65_535 - 20 - TcpHeader;

    /// <summary>The most that one UDP datagram carries over IPv4.</summary>
    public const int MaxDatagram = 65_535 - 20 - UdpHeader;

    /// <summary>More than any headers here need.</summary>
    public const int MaxHeaders = 40 + TcpHeader;

    private const int TcpHeader = 20;
    private const int UdpHeader = 8;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte TimeToLive = 64;
    private const ushort Window = 65_535;

    /// <summary>A TCP segment; returns the length of the packet.</summary>
    public static int WriteTcp(
        Span<byte> packet, CaptureEnd from, CaptureEnd to, uint sequence, uint acknowledged, TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        var segment = packet[WriteIp(packet, from, to, Tcp, TcpHeader + payload.Length)..][..(TcpHeader + payload.Length)];
        segment[..TcpHeader].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(segment, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], acknowledged);
        segment[12] = TcpHeader / 4 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], Window);
        payload.CopyTo(segment[TcpHeader..]);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Fold(Sum(segment, PseudoHeader(from, to, Tcp, segment.Length))));
        return IpLength(from) + segment.Length;
    }

    /// <summary>A UDP datagram; returns the length of the packet.</summary>
    public static int WriteUdp(Span<byte> packet, CaptureEnd from, CaptureEnd to, ReadOnlySpan<byte> payload)
    {
        var datagram = packet[WriteIp(packet, from, to, Udp, UdpHeader + payload.Length)..][..(UdpHeader + payload.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], 0);
        payload.CopyTo(datagram[UdpHeader..]);
        var checksum = Fold(Sum(datagram, PseudoHeader(from, to, Udp, datagram.Length)));
        // Zero would say that there is no checksum (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], checksum == 0 ? ushort.MaxValue : checksum);
        return IpLength(from) + datagram.Length;
    }

    private static int IpLength(CaptureEnd end) => end.Address.AddressFamily == AddressFamily.InterNetworkV6 ? 40 : 20;

    private static int WriteIp(Span<byte> packet, CaptureEnd from, CaptureEnd to, byte protocol, int length)
    {
        var header = packet[..IpLength(from)];
        header.Clear();
        if (header.Length == 40)
        {
            header[0] = 6 << 4;
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)length);
            header[6] = protocol;
            header[7] = TimeToLive;
            from.Address.TryWriteBytes(header[8..], out _);
            to.Address.TryWriteBytes(header[24..], out _);
            return header.Length;
        }

        header[0] = (4 << 4) | 5;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(header.Length + length));
        // Do not fragment: nothing here is in pieces.
        header[6] = 0x40;
        header[8] = TimeToLive;
        header[9] = protocol;
        from.Address.TryWriteBytes(header[12..], out _);
        to.Address.TryWriteBytes(header[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Fold(Sum(header, 0)));
        return header.Length;
    }

    private static uint PseudoHeader(CaptureEnd from, CaptureEnd to, byte protocol, int length)
    {
        Span<byte> addresses = stackalloc byte[32];
        from.Address.TryWriteBytes(addresses, out var first);
        to.Address.TryWriteBytes(addresses[first..], out var second);
        return Sum(addresses[..(first + second)], (uint)(protocol + length));
    }

    // At most 65,535 octets are summed, so the carries fit.
    private static uint Sum(ReadOnlySpan<byte> octets, uint start)
    {
        var sum = start;
        for (; octets.Length >= 2; octets = octets[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        }

        return octets.IsEmpty ? sum : sum + ((uint)octets[0] << 8);
    }

    private static ushort Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
