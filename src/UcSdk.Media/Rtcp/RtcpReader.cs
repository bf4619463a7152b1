using System.Buffers.Binary;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>Steps through the packets of an RTCP compound packet; unknown types are handed out like known ones.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  count  |      PT       |     length in words, less 1   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code></remarks>
internal ref struct RtcpReader(ReadOnlySpan<byte> compound)
{
    private const int HeaderLength = 4;
    private const int PaddingBit = 0x20;

    private ReadOnlySpan<byte> _rest = compound;

    /// <summary>
    /// Whether the bytes are a compound packet: its packets fill it exactly, each is complete, the first is a report and only the last is
    /// padded (RFC 3550 appendix A.2). Ask this once; what follows cannot fail.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> compound, out ParseError error)
    {
        error = default;
        var at = 0;
        while (error.IsNone && at < compound.Length)
        {
            var rest = compound[at..];
            var length = rest.Length < HeaderLength ? int.MaxValue : HeaderLength + (4 * BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length > rest.Length || (rest[0] & 0xC0) != 0x80)
            {
                error = new(at, "a whole packet of version 2", "RFC 3550 §6.4.1");
            }
            else if ((rest[0] & PaddingBit) != 0 && (length < rest.Length || !IsPaddingValid(rest)))
            {
                error = new(at, "padding in the last packet only, within it", "RFC 3550 §6.4.1 P");
            }
            else if (at == 0 && (RtcpPacketType)rest[1] is not (RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport))
            {
                error = new(at, "a report", "RFC 3550 §6.1");
            }
            else if (!RtcpPacket.IsComplete((RtcpPacketType)rest[1], rest[0] & 0x1F, length - HeaderLength - PaddingOf(rest)))
            {
                error = new(at, "as many blocks as the count says", "RFC 3550 §6.4.1 RC");
            }

            at += length;
        }

        if (compound.IsEmpty)
        {
            error = new(0, "a report", "RFC 3550 §6.1");
        }

        return error.IsNone;
    }

    /// <summary>Takes the next packet; false at the end.</summary>
    public bool TryRead(out RtcpPacket packet)
    {
        if (_rest.IsEmpty)
        {
            packet = default;
            return false;
        }

        var length = HeaderLength + (4 * BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]));
        packet = new((RtcpPacketType)_rest[1], _rest[0] & 0x1F, _rest[HeaderLength..(length - PaddingOf(_rest))]);
        _rest = _rest[length..];
        return true;
    }

    // Only the last packet may be padded, so the padding ends where the compound packet ends.
    private static int PaddingOf(ReadOnlySpan<byte> rest) => (rest[0] & PaddingBit) == 0 ? 0 : rest[^1];

    private static bool IsPaddingValid(ReadOnlySpan<byte> last) => last[^1] > 0 && last[^1] <= last.Length - HeaderLength;
}
