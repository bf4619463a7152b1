using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng §4), little-endian:
/// <code>
///  | type 4 | total length 4 | fixed fields | options: code 2, length 2, value padded to 4 … | total length 4 |
/// </code>
/// Packets are bare IP (LINKTYPE_RAW, 101), so one interface carries IPv4 and IPv6; time is in nanoseconds since 1970.
/// </summary>
internal sealed class PcapngWriter
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint NameResolution = 4;
    private const uint InterfaceStatistics = 5;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const ushort LinkTypeRaw = 101;
    private const ushort Comment = 1;
    private const int MaxOption = 4096;

    private readonly byte[] _number = new byte[8];
    private readonly ArrayBufferWriter<byte> _block = new(1024);

    /// <summary>Room for one packet, for whoever builds the next.</summary>
    public byte[] Packet { get; } = new byte[IpPacket.MaxHeaders + IpPacket.MaxSegment];

    /// <summary>What is written and not yet taken.</summary>
    public ArrayBufferWriter<byte> Output { get; set; } = new(64 * 1024);

    /// <summary>§4.1: one section, of unknown length, to the end of the file.</summary>
    public void WriteSection(string application)
    {
        Put32(ByteOrderMagic);
        Put16(1);
        Put16(0);
        Put64(ulong.MaxValue);
        PutOption(4, application);
        End(SectionHeader, hasOptions: true);
    }

    /// <summary>§4.2. Interfaces are numbered from 0 in the order in which they are written.</summary>
    public void WriteInterface(string name, string description)
    {
        Put16(LinkTypeRaw);
        Put16(0);
        Put32(0);
        PutOption(2, name);
        PutOption(3, description);
        PutOption(9, [9]);
        End(InterfaceDescription, hasOptions: true);
    }

    /// <summary>§4.3.</summary>
    public void WritePacket(int number, DateTimeOffset time, ReadOnlySpan<byte> packet, bool isOutgoing, string? comment)
    {
        Put32((uint)number);
        PutTime(time);
        Put32((uint)packet.Length);
        Put32((uint)packet.Length);
        PutPadded(packet);
        if (comment is not null)
        {
            PutOption(Comment, comment);
        }

        PutOption(2, isOutgoing ? [2, 0, 0, 0] : [1, 0, 0, 0]);
        End(EnhancedPacket, hasOptions: true);
    }

    /// <summary>§4.5: what an address of this file is called.</summary>
    public void WriteName(IPAddress address, string name)
    {
        var octets = address.GetAddressBytes();
        var text = Encoding.UTF8.GetBytes(name + '\0');
        Put16((ushort)(octets.Length == 4 ? 1 : 2));
        Put16((ushort)(octets.Length + text.Length));
        PutPadded([.. octets, .. text]);
        Put32(0);
        End(NameResolution, hasOptions: false);
    }

    /// <summary>§4.6.</summary>
    public void WriteStatistics(int number, DateTimeOffset time, long received, long dropped)
    {
        Put32((uint)number);
        PutTime(time);
        PutOption(4, Octets((ulong)received));
        PutOption(5, Octets((ulong)dropped));
        End(InterfaceStatistics, hasOptions: true);
    }

    private static byte[] Octets(ulong value) => BitConverter.IsLittleEndian ? BitConverter.GetBytes(value) : [.. BitConverter.GetBytes(value).Reverse()];

    // §4.3: the high half first, whatever the byte order.
    private void PutTime(DateTimeOffset time)
    {
        var nanoseconds = (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100;
        Put32((uint)(nanoseconds >> 32));
        Put32((uint)nanoseconds);
    }

    private void PutOption(ushort code, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        PutOption(code, octets.AsSpan(0, Math.Min(octets.Length, MaxOption)));
    }

    private void PutOption(ushort code, ReadOnlySpan<byte> value)
    {
        Put16(code);
        Put16((ushort)value.Length);
        PutPadded(value);
    }

    private void PutPadded(ReadOnlySpan<byte> value)
    {
        _block.Write(value);
        _block.Write("\0\0\0"u8[..(-value.Length & 3)]);
    }

    private void Put16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_number, value);
        _block.Write(_number.AsSpan(0, 2));
    }

    private void Put32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_number, value);
        _block.Write(_number.AsSpan(0, 4));
    }

    private void Put64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_number, value);
        _block.Write(_number.AsSpan(0, 8));
    }

    // The length of a block stands before and after it, so that a reader can go both ways.
    private void End(uint type, bool hasOptions)
    {
        if (hasOptions)
        {
            Put32(0);
        }

        var length = (uint)_block.WrittenCount + 12;
        BinaryPrimitives.WriteUInt32LittleEndian(_number, type);
        BinaryPrimitives.WriteUInt32LittleEndian(_number.AsSpan(4), length);
        Output.Write(_number);
        Output.Write(_block.WrittenSpan);
        Output.Write(_number.AsSpan(4, 4));
        _block.ResetWrittenCount();
    }
}
