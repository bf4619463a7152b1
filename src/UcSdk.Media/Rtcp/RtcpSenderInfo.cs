using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>What a sender tells about its own stream in a sender report (RFC 3550 §6.4.1).</summary>
/// <param name="NtpTime">Wall clock: seconds since 1900 in the upper, their fraction in the lower 32 bits.</param>
/// <param name="RtpTime">The same moment on the stream's own timeline.</param>
/// <param name="PacketCount">Packets sent.</param>
/// <param name="OctetCount">Payload bytes sent.</param>
internal readonly record struct RtcpSenderInfo(ulong NtpTime, uint RtpTime, uint PacketCount, uint OctetCount)
{
    public const int Length = 20;

    public static RtcpSenderInfo Read(ReadOnlySpan<byte> info) => new(
        BinaryPrimitives.ReadUInt64BigEndian(info),
        BinaryPrimitives.ReadUInt32BigEndian(info[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(info[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(info[16..]));

    public void Write(Span<byte> info)
    {
        BinaryPrimitives.WriteUInt64BigEndian(info, NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(info[8..], RtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(info[12..], PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(info[16..], OctetCount);
    }
}
