using System.Buffers.Binary;

namespace UcSdk.Sip;

/// <summary>VERSION ([MS-NLMP] §2.2.2.10): of which Windows a message is said to be. For people who read traces; nothing depends on it.</summary>
internal readonly record struct NtlmVersion(byte Major, byte Minor, ushort Build, byte Revision)
{
    public const int Bytes = 8;

    /// <summary>What ours says: a Windows that the servers of this family run on, and NTLMSSP_REVISION_W2K3.</summary>
    public static readonly NtlmVersion Ours = new(6, 1, 7601, 15);

    public static NtlmVersion Read(ReadOnlySpan<byte> bytes) =>
        new(bytes[0], bytes[1], BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]), bytes[7]);

    public void Write(Span<byte> bytes)
    {
        bytes[..Bytes].Clear();
        bytes[0] = Major;
        bytes[1] = Minor;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], Build);
        bytes[7] = Revision;
    }
}
