using System.Buffers.Binary;
using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The form without extended session security: CRC-32 and number under RC4 with the session key itself, the same in both directions ([MS-NLMP]
/// §3.4.4.1).
/// It protects against accidents: whoever sees one signature can forge others, since the keystream is the same for all. Only by permission.
/// </summary>
/// <remarks><code>
/// 0 01 00 00 00 | 4 anything | 8 RC4(key, 00*4 ‖ CRC-32(text) ‖ number)[4..11]
/// </code></remarks>
internal sealed class NtlmChecksumSignature : NtlmSignature
{
    private const int StreamBytes = 12;

    private readonly byte[] _keystream = GC.AllocateArray<byte>(StreamBytes, pinned: true);

    public NtlmChecksumSignature(ReadOnlySpan<byte> sessionKey) => Rc4.Apply(sessionKey, _keystream);

    public override void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(signature, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(signature[8..], Crc32.Of(text));
        BinaryPrimitives.WriteUInt32LittleEndian(signature[12..], SequenceNumber);
        for (var at = 0; at < 8; at++)
        {
            signature[8 + at] ^= _keystream[4 + at];
        }
    }

    public override bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[Bytes];
        Sign(text, expected);

        // Servers leave whatever they find in bytes 4..7.
        return signature.Length == Bytes && CryptographicOperations.FixedTimeEquals(expected[8..], signature[8..]);
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(_keystream);
}
