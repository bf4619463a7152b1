using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// Signs and verifies the messages of one direction in the connectionless form ([MS-NLMP] §§3.4.4.2, 3.4.2, as [MS-SIPAE] uses it), with extended session security and key
/// exchange: half an HMAC-MD5 under RC4. The keystream begins anew with every message, and the sequence number is always 100. What a key alone decides is computed once.
/// </summary>
/// <remarks><code>
/// 0 01 00 00 00 | 4 RC4(MD5(sealing key ‖ number), HMAC(signing key, number ‖ text)[0..7]) | 12 number
/// </code>
/// The form without extended session security (§3.4.4.1) is not there: its CRC-32 under a keystream that never changes is forged by whoever sees one signature.
/// </remarks>
internal sealed class NtlmSignature : IDisposable
{
    /// <summary>NTLMSSP_MESSAGE_SIGNATURE: version, eight bytes by form, sequence number ([MS-NLMP] §2.2.2.9).</summary>
    public const int Bytes = 16;

    /// <summary>
    /// SIP messages get lost and overtake one another, so their number tells nothing to NTLM: clients and servers all put this one.
    /// </summary>
    public const uint SequenceNumber = 100;

    private const int SumBytes = 8;
    private const int Scratch = SumBytes;

    private readonly IncrementalHash _hmac;

    // Pinned, so that the collector leaves no copies behind: the keystream, then room for one HMAC.
    private readonly byte[] _secrets = GC.AllocateArray<byte>(SumBytes + NtlmMath.HashBytes, pinned: true);

    /// <param name="flags">What was negotiated: the length of the sealing key.</param>
    /// <param name="sessionKey">The exported session key, 16 bytes.</param>
    /// <param name="direction">Who signs.</param>
    public NtlmSignature(NtlmFlags flags, ReadOnlySpan<byte> sessionKey, NtlmDirection direction)
    {
        Span<byte> signing = stackalloc byte[NtlmMath.HashBytes];
        NtlmKeys.DeriveSigningKey(sessionKey, direction, signing);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, signing);
        CryptographicOperations.ZeroMemory(signing);

        // §3.4: the connectionless form has a key of its own for every number, and there is only one number.
        Span<byte> key = stackalloc byte[NtlmMath.HashBytes + 4];
        NtlmKeys.DeriveSealingKey(flags, sessionKey, direction, key[..NtlmMath.HashBytes]);
        BinaryPrimitives.WriteUInt32LittleEndian(key[NtlmMath.HashBytes..], SequenceNumber);
        CryptographicOperations.HashData(HashAlgorithmName.MD5, key, key[..NtlmMath.HashBytes]);
        Rc4.Apply(key[..NtlmMath.HashBytes], _secrets.AsSpan(0, SumBytes));
        CryptographicOperations.ZeroMemory(key);
    }

    private static ReadOnlySpan<byte> NumberBytes => [(byte)SequenceNumber, 0, 0, 0];

    /// <summary>Writes the 16 bytes.</summary>
    public void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
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

    /// <summary>True when the signature is that of the text, compared in constant time. Any length may come.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[Bytes];
        Sign(text, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        _hmac.Dispose();
        CryptographicOperations.ZeroMemory(_secrets);
    }
}
