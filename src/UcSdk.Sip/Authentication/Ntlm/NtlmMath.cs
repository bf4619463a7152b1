using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip;

/// <summary>The computations of NTLMv2 ([MS-NLMP] §§3.3.2, 3.4.5.1). Every result is 16 bytes and, but for the proof and the MIC, secret.</summary>
/// <param name="hashed">Called for every hash computed, so that a test can count them; null for nobody.</param>
internal sealed class NtlmMath(Action? hashed = null)
{
    public const int HashBytes = 16;

    /// <summary>MD4 of the password in UTF-16LE (NTOWFv1): as good as the password to whoever has it.</summary>
    /// <param name="password">UTF-8. What is not UTF-8 becomes U+FFFD.</param>
    /// <param name="hash">16 bytes.</param>
    public static void HashPassword(ReadOnlySpan<byte> password, Span<byte> hash)
    {
        var characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(password.Length));
        var bytes = ArrayPool<byte>.Shared.Rent(characters.Length * 2);
        var length = Encoding.UTF8.GetChars(password, characters);
        NtlmText.Write(characters.AsSpan(0, length), bytes);
        Md4.Hash(bytes.AsSpan(0, length * 2), hash);
        characters.AsSpan().Clear();
        CryptographicOperations.ZeroMemory(bytes);
        ArrayPool<char>.Shared.Return(characters);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>ResponseKeyNT (NTOWFv2): the password's hash bound to a user and the domain as the message names it.</summary>
    public void DeriveResponseKey(ReadOnlySpan<byte> passwordHash, string user, string domain, Span<byte> key) =>
        Hmac(passwordHash, NtlmText.Write(user.ToUpperInvariant() + domain, isUnicode: true), default, default, key);

    /// <summary>NTProofStr.</summary>
    public void Prove(ReadOnlySpan<byte> responseKey, ReadOnlySpan<byte> serverChallenge, ReadOnlySpan<byte> blob, Span<byte> proof) =>
        Hmac(responseKey, serverChallenge, blob, default, proof);

    /// <summary>SessionBaseKey, which in this version is the KeyExchangeKey too.</summary>
    public void DeriveSessionBaseKey(ReadOnlySpan<byte> responseKey, ReadOnlySpan<byte> proof, Span<byte> key) =>
        Hmac(responseKey, proof, default, default, key);

    /// <summary>
    /// The code over all messages of a handshake, in the last of which it stands as zeros (§3.1.5.2.1). No NEGOTIATE is an empty one.
    /// </summary>
    public void Seal(
        ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> negotiate, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> authenticate, Span<byte> mic) =>
        Hmac(sessionKey, negotiate, challenge, authenticate, mic);

    private void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> code)
    {
        hashed?.Invoke();
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, key);
        hmac.AppendData(first);
        hmac.AppendData(second);
        hmac.AppendData(third);
        hmac.GetHashAndReset(code);
    }
}
