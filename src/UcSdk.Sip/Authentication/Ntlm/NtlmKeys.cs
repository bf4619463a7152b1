using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// The keys of one direction, derived from the session key ([MS-NLMP] §§3.4.5.2, 3.4.5.3, with extended session security). 16 bytes each.
/// </summary>
internal static class NtlmKeys
{
    /// <summary>SIGNKEY.</summary>
    public static void DeriveSigningKey(ReadOnlySpan<byte> sessionKey, NtlmDirection direction, Span<byte> key) => Hash(
        sessionKey,
        direction == NtlmDirection.ClientToServer
            ? "session key to client-to-server signing key magic constant\0"u8
            : "session key to server-to-client signing key magic constant\0"u8,
        key);

    /// <summary>SEALKEY: of as much of the session key as was negotiated, 128, 56 or 40 bits.</summary>
    public static void DeriveSealingKey(NtlmFlags flags, ReadOnlySpan<byte> sessionKey, NtlmDirection direction, Span<byte> key)
    {
        var length = flags.HasFlag(NtlmFlags.Key128) ? 16 : flags.HasFlag(NtlmFlags.Key56) ? 7 : 5;
        Hash(
            sessionKey[..length],
            direction == NtlmDirection.ClientToServer
                ? "session key to client-to-server sealing key magic constant\0"u8
                : "session key to server-to-client sealing key magic constant\0"u8,
            key);
    }

    private static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> constant, Span<byte> result)
    {
        Span<byte> text = stackalloc byte[80];
        key.CopyTo(text);
        constant.CopyTo(text[key.Length..]);
        CryptographicOperations.HashData(HashAlgorithmName.MD5, text[..(key.Length + constant.Length)], result);
        CryptographicOperations.ZeroMemory(text);
    }
}
