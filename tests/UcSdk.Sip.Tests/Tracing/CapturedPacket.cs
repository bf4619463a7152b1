using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>One packet of a capture, its checksums verified on reading.</summary>
internal sealed record CapturedPacket(
    string Interface, DateTimeOffset Time, bool IsOutgoing, string Comment, string From, string To, string Flags, uint Sequence, uint Acknowledged, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public static CapturedPacket Read(string name, DateTimeOffset time, bool isOutgoing, string comment, byte[] packet)
    {
        var isV6 = packet[0] >> 4 == 6;
        var (header, size) = isV6 ? (40, 16) : (20, 4);
        var addresses = packet[(header - (2 * size))..header];
        var protocol = packet[isV6 ? 6 : 9];
        var inner = packet[header..];
        if (isV6)
        {
            Assert.Equal(inner.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)));
        }
        else
        {
            Assert.Equal(0x45, packet[0]);
            Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)));
            RequireChecksum(packet[..header]);
        }

        RequireChecksum([.. addresses, (byte)(inner.Length >> 8), (byte)inner.Length, 0, protocol, .. inner]);
        var from = End(addresses[..size], inner, 0);
        var to = End(addresses[size..], inner, 2);
        if (protocol == 17)
        {
            Assert.Equal(inner.Length, BinaryPrimitives.ReadUInt16BigEndian(inner.AsSpan(4)));
            Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(inner.AsSpan(6)));
            return new(name, time, isOutgoing, comment, from, to, "UDP", 0, 0, inner[8..]);
        }

        Assert.Equal((6, 0x50), (protocol, inner[12]));
        var flags = string.Concat("FSRPA".Where((_, bit) => (inner[13] & (1 << bit)) != 0));
        return new(name, time, isOutgoing, comment, from, to, flags, U32(inner, 4), U32(inner, 8), inner[20..]);
    }

    private static string End(byte[] address, byte[] inner, int at) =>
        string.Create(CultureInfo.InvariantCulture, $"{new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(inner.AsSpan(at)))}");

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    // RFC 1071 §1: the sum over what holds its own checksum is all ones.
    private static void RequireChecksum(byte[] octets)
    {
        var sum = 0L;
        for (var at = 0; at < octets.Length; at++)
        {
            sum += at % 2 == 0 ? octets[at] << 8 : octets[at];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        Assert.Equal(0xFFFF, sum);
    }
}
