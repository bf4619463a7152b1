using System.Buffers.Binary;

namespace UcSdk.Media;

/// <summary>The master key identifier that packets carry before their tag, when one was agreed (RFC 3711 §3.1).</summary>
internal readonly record struct SrtpMki(uint Value, int Length)
{
    public void Write(Span<byte> field)
    {
        Span<byte> all = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(all, Value);
        all[(4 - Length)..].CopyTo(field);
    }

    public bool IsAt(ReadOnlySpan<byte> field)
    {
        Span<byte> own = stackalloc byte[4];
        Write(own);
        return field.SequenceEqual(own[..Length]);
    }
}
