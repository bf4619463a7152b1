using System.Buffers.Binary;

namespace UcSdk.Sip;

/// <summary>Writes an NTLM message: the fixed part, and behind it the fields in the order in which they are added.</summary>
internal sealed class NtlmWriter
{
    private readonly byte[] _bytes;
    private int _end;

    /// <param name="type">The message type.</param>
    /// <param name="fixedBytes">Where the first field begins.</param>
    /// <param name="fieldBytes">The bytes of all fields.</param>
    public NtlmWriter(uint type, int fixedBytes, int fieldBytes)
    {
        _bytes = new byte[fixedBytes + fieldBytes];
        _end = fixedBytes;
        NtlmReader.Signature.CopyTo(_bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(8), type);
    }

    public Span<byte> At(int offset) => _bytes.AsSpan(offset);

    public void WriteFlags(int at, NtlmFlags flags) => BinaryPrimitives.WriteUInt32LittleEndian(At(at), (uint)flags);

    /// <summary>Puts a field behind those before it, and its description at an offset of the fixed part.</summary>
    /// <exception cref="ArgumentException">The field is longer than 65,535 bytes.</exception>
    public void AddField(int at, ReadOnlySpan<byte> field)
    {
        if (field.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"A field of {field.Length} bytes is too long for an NTLM message: {ushort.MaxValue} at most.", nameof(field));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(At(at), (ushort)field.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(At(at + 2), (ushort)field.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(At(at + 4), (uint)_end);
        field.CopyTo(At(_end));
        _end += field.Length;
    }

    public byte[] ToArray() => _bytes;
}
