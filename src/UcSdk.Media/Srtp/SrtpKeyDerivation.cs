using System.Security.Cryptography;

namespace UcSdk.Media;

/// <summary>Session keys from master keys (RFC 3711 §4.3), with a key derivation rate of 0.</summary>
internal static class SrtpKeyDerivation
{
    public const int KeyLength = 16;
    public const int SaltLength = 14;
    public const int AuthenticationKeyLength = 20;

    /// <summary>
    /// Writes the key for the label: AES in counter mode under the master key, the counter starting at the master salt with the label in
    /// its eighth byte (RFC 3711 §4.3.1, §4.3.3).
    /// </summary>
    public static void Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, Span<byte> key)
    {
        Span<byte> counter = stackalloc byte[16];
        counter.Clear();
        masterSalt.CopyTo(counter);
        counter[7] ^= label;
        var bytes = masterKey.ToArray();
        using var cipher = new AesCounterMode(bytes);
        key.Clear();
        cipher.Transform(counter, key);
        CryptographicOperations.ZeroMemory(bytes);
    }
}
