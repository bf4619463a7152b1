using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// Signs and verifies the messages of one direction in the connectionless form ([MS-NLMP] §§3.4.4, 3.4.2, as [MS-SIPAE] uses it): the keystream
/// begins anew with
/// every message, and the sequence number is always 100. What a key alone decides is computed once.
/// </summary>
internal abstract class NtlmSignature : IDisposable
{
    /// <summary>NTLMSSP_MESSAGE_SIGNATURE: version, eight bytes by form, sequence number ([MS-NLMP] §2.2.2.9).</summary>
    public const int Bytes = 16;

    /// <summary>
    /// SIP messages get lost and overtake one another, so their number tells nothing to NTLM: clients and servers all put this one.
    /// </summary>
    public const uint SequenceNumber = 100;

    /// <summary>The form that was negotiated.</summary>
    public static NtlmSignature Create(NtlmFlags flags, ReadOnlySpan<byte> sessionKey, NtlmDirection direction)
    {
        if (!flags.HasFlag(NtlmFlags.ExtendedSessionSecurity))
        {
            return new NtlmChecksumSignature(sessionKey);
        }

        Span<byte> keys = stackalloc byte[2 * NtlmMath.HashBytes];
        var signing = keys[..NtlmMath.HashBytes];
        var sealing = keys[NtlmMath.HashBytes..];
        NtlmKeys.DeriveSigningKey(sessionKey, direction, signing);
        NtlmKeys.DeriveSealingKey(flags, sessionKey, direction, sealing);
        var signature = new NtlmKeyedSignature(signing, sealing);
        CryptographicOperations.ZeroMemory(keys);
        return signature;
    }

    /// <summary>Writes the 16 bytes.</summary>
    public abstract void Sign(ReadOnlySpan<byte> text, Span<byte> signature);

    /// <summary>True when the signature is that of the text, compared in constant time. Any length may come.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>Clears the keys.</summary>
    public abstract void Dispose();
}
