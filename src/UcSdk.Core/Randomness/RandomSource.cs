using System.Buffers.Binary;

namespace UcSdk.Core;

/// <summary>The one source of Call-IDs, tags, branches, SSRCs, nonces and keys.</summary>
internal abstract class RandomSource
{
    public abstract void Fill(Span<byte> bytes);

    public uint NextUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>A number in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound) => (int)(((ulong)NextUInt32() * (uint)bound) >> 32);

    /// <summary>A fraction in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Lower-case hexadecimal digits of the given number of random bytes.</summary>
    public string NextHex(int byteCount)
    {
        Span<byte> bytes = stackalloc byte[byteCount];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A random (version 4) UUID, RFC 9562 §5.4.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
