using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>The form of extended session security with key exchange: half an HMAC-MD5 under RC4 ([MS-NLMP] §3.4.4.2).</summary>
/// <remarks><code>
/// 0 01 00 00 00 | 4 RC4(MD5(sealing key ‖ number), HMAC(signing key, number ‖ text)[0..7]) | 12 number
/// </code></remarks>
internal sealed class NtlmKeyedSignature : NtlmSignature
{
    private const int SumBytes = 8;
    private const int Scratch = SumBytes;

    private readonly IncrementalHash _hmac;

    // Pinned, so that the collector leaves no copies behind: the keystream, then room for one HMAC.
    private readonly byte[] _secrets = GC.AllocateArray<byte>(SumBytes + NtlmMath.HashBytes, pinned: true);

    public NtlmKeyedSignature(ReadOnlySpan<byte> signingKey, ReadOnlySpan<byte> sealingKey)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, signingKey);

        // §3.4: the connectionless form has a key of its own for every number, and there is only one number.
        Span<byte> key = stackalloc byte[NtlmMath.HashBytes + 4];
        sealingKey.CopyTo(key);
        BinaryPrimitives.WriteUInt32LittleEndian(key[NtlmMath.HashBytes..], SequenceNumber);
        CryptographicOperations.HashData(HashAlgorithmName.MD5, key, key[..NtlmMath.HashBytes]);
        Rc4.Apply(key[..NtlmMath.HashBytes], _secrets.AsSpan(0, SumBytes));
        CryptographicOperations.ZeroMemory(key);
    }

    private static ReadOnlySpan<byte> NumberBytes => [(byte)SequenceNumber, 0, 0, 0];

    public override void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        _hmac.AppendData(NumberBytes);
        _hmac.AppendData(text);
        _hmac.GetHashAndReset(_secrets.AsSpan(Scratch));
        BinaryPrimitives.WriteUInt32LittleEndian(signature, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(
            signature[4..],
            BinaryPrimitives.ReadUInt64LittleEndian(_secrets) ^ BinaryPrimitives.ReadUInt64LittleEndian(_secrets.AsSpan(Scratch)));
        BinaryPrimitives.WriteUInt32LittleEndian(signature[12..], SequenceNumber);
    }

    public override bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[Bytes];
        Sign(text, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public override void Dispose()
    {
        _hmac.Dispose();
        CryptographicOperations.ZeroMemory(_secrets);
    }
}
