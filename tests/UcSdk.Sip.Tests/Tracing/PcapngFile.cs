using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>Reads a pcapng file by draft-ietf-opsawg-pcapng, without a line of the writer; whatever does not fit fails the test.</summary>
internal sealed class PcapngFile
{
    public List<string> Interfaces { get; } = [];

    public List<CapturedPacket> Packets { get; } = [];

    public Dictionary<string, string> Names { get; } = [];

    /// <summary>For each interface: messages received, messages dropped.</summary>
    public List<(ulong Received, ulong Dropped)> Statistics { get; } = [];

    public static PcapngFile Read(byte[] file)
    {
        var read = new PcapngFile();
        Assert.Equal("0A-0D-0D-0A", BitConverter.ToString(file, 0, 4));
        for (var at = 0; at < file.Length;)
        {
            var type = U32(file, at);
            var length = (int)U32(file, at + 4);
            Assert.Equal(0, length % 4);
            Assert.Equal(length, (int)U32(file, at + length - 4));
            read.Take(type, file[(at + 8)..(at + length - 4)]);
            at += length;
        }

        return read;
    }

    private void Take(uint type, byte[] block)
    {
        switch (type)
        {
            case 0x0A0D0D0A:
                Assert.Equal((0x1A2B3C4Du, (ushort)1, (ushort)0), (U32(block, 0), U16(block, 4), U16(block, 6)));
                break;
            case 1:
                Assert.Equal((ushort)101, U16(block, 0));
                var options = Options(block, 8);
                Assert.Equal([9], options[9]);
                Interfaces.Add(Encoding.UTF8.GetString(options[2]));
                break;
            case 4:
                var size = U16(block, 0) == 1 ? 4 : 16;
                var name = block.AsSpan(4 + size, U16(block, 2) - size);
                Assert.Equal(0, name[^1]);
                Names.Add(Encoding.UTF8.GetString(name[..^1]), new IPAddress(block.AsSpan(4, size)).ToString());
                break;
            case 5:
                var counts = Options(block, 12);
                Statistics.Add((BitConverter.ToUInt64(counts[4]), BitConverter.ToUInt64(counts[5])));
                break;
            case 6:
                TakePacket(block);
                break;
            default:
                Assert.Fail($"Block type {type}");
                break;
        }
    }

    private void TakePacket(byte[] block)
    {
        Assert.InRange((int)U32(block, 0), 0, Interfaces.Count - 1);
        var time = DateTimeOffset.UnixEpoch.AddTicks((long)((((ulong)U32(block, 4) << 32) | U32(block, 8)) / 100));
        var length = (int)U32(block, 12);
        Assert.Equal(length, (int)U32(block, 16));
        var options = Options(block, 20 + ((length + 3) & ~3));
        var comment = options.TryGetValue(1, out var text) ? Encoding.UTF8.GetString(text) : "";
        Packets.Add(CapturedPacket.Read(Interfaces[(int)U32(block, 0)], time, options[2][0] == 2, comment, block[20..(20 + length)]));
    }

    private static Dictionary<int, byte[]> Options(byte[] block, int at)
    {
        var options = new Dictionary<int, byte[]>();
        for (; U16(block, at) != 0; at += 4 + ((U16(block, at + 2) + 3) & ~3))
        {
            options.Add(U16(block, at), block[(at + 4)..(at + 4 + U16(block, at + 2))]);
        }

        Assert.Equal(block.Length, at + 4);
        return options;
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
