using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// MD4 (RFC 1320), which the framework does not have. Long broken as a hash; NTLM makes its password hashes with it, and nothing else here uses
/// it.
/// </summary>
internal static class Md4
{
    public const int HashBytes = 16;

    private const int BlockBytes = 64;

    /// <summary>Writes the 16 bytes of the hash; what it has on the stack of the source is cleared, since passwords come this way.</summary>
    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        Span<uint> words = stackalloc uint[BlockBytes / 4];
        var rest = source;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
        {
            Mix(state, words, rest);
        }

        // §§3.1, 3.2: a one bit, zeros, and the length in bits, to a multiple of 64 bytes.
        Span<byte> tail = stackalloc byte[2 * BlockBytes];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        var length = rest.Length + 9 <= BlockBytes ? BlockBytes : 2 * BlockBytes;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(length - 8)..], (ulong)source.Length * 8);
        for (var at = 0; at < length; at += BlockBytes)
        {
            Mix(state, words, tail[at..]);
        }

        for (var at = 0; at < state.Length; at++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(at * 4)..], state[at]);
        }

        CryptographicOperations.ZeroMemory(tail);
        words.Clear();
    }

    // §3.4: three rounds of sixteen steps over one block.
    private static void Mix(Span<uint> state, Span<uint> x, ReadOnlySpan<byte> block)
    {
        for (var at = 0; at < x.Length; at++)
        {
            x[at] = BinaryPrimitives.ReadUInt32LittleEndian(block[(at * 4)..]);
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        for (var at = 0; at < 16; at += 4)
        {
            a = BitOperations.RotateLeft(a + ((b & c) | (~b & d)) + x[at], 3);
            d = BitOperations.RotateLeft(d + ((a & b) | (~a & c)) + x[at + 1], 7);
            c = BitOperations.RotateLeft(c + ((d & a) | (~d & b)) + x[at + 2], 11);
            b = BitOperations.RotateLeft(b + ((c & d) | (~c & a)) + x[at + 3], 19);
        }

        for (var at = 0; at < 4; at++)
        {
            a = BitOperations.RotateLeft(a + Majority(b, c, d) + x[at] + 0x5A827999, 3);
            d = BitOperations.RotateLeft(d + Majority(a, b, c) + x[at + 4] + 0x5A827999, 5);
            c = BitOperations.RotateLeft(c + Majority(d, a, b) + x[at + 8] + 0x5A827999, 9);
            b = BitOperations.RotateLeft(b + Majority(c, d, a) + x[at + 12] + 0x5A827999, 13);
        }

        foreach (var at in (ReadOnlySpan<int>)[0, 2, 1, 3])
        {
            a = BitOperations.RotateLeft(a + (b ^ c ^ d) + x[at] + 0x6ED9EBA1, 3);
            d = BitOperations.RotateLeft(d + (a ^ b ^ c) + x[at + 8] + 0x6ED9EBA1, 9);
            c = BitOperations.RotateLeft(c + (d ^ a ^ b) + x[at + 4] + 0x6ED9EBA1, 11);
            b = BitOperations.RotateLeft(b + (c ^ d ^ a) + x[at + 12] + 0x6ED9EBA1, 15);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    private static uint Majority(uint x, uint y, uint z) => (x & y) | (x & z) | (y & z);
}
