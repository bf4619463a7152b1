using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The hashes of RFC 7616 §3.4. Values go in and out as the hexadecimal digits that the scheme hashes again. Text is UTF-8, as all of SIP
/// is (RFC 3261 §7). What it returns as bytes is secret: the caller clears it.
/// </summary>
/// <param name="hashed">Called for every hash computed, so that a test can count them; null for nobody.</param>
internal sealed class DigestMath(Action? hashed = null)
{
    /// <summary>H(user:realm:password): all that a server must know of a user.</summary>
    public byte[] SecretOf(DigestAlgorithm algorithm, string user, string realm, ReadOnlyMemory<byte> password) =>
        Hash(algorithm, Encoding.UTF8.GetBytes(user), Encoding.UTF8.GetBytes(realm), password);

    /// <summary>H(user:realm), the name of a user who does not want to be named (§3.4.4).</summary>
    public string UserHashOf(DigestAlgorithm algorithm, string user, string realm) =>
        Encoding.ASCII.GetString(Hash(algorithm, Encoding.UTF8.GetBytes(user), Encoding.UTF8.GetBytes(realm)));

    /// <summary>The digest of one message, as ASCII hexadecimal digits.</summary>
    /// <param name="answer">Nonce, count, URI and the rest of what is hashed.</param>
    /// <param name="secret">From <see cref="SecretOf"/>.</param>
    /// <param name="method">The method of the request; empty for the server's proof in Authentication-Info (§3.5).</param>
    /// <param name="body">The body of the message; only looked at for auth-int.</param>
    public byte[] DigestOf(DigestAnswer answer, ReadOnlyMemory<byte> secret, string method, ReadOnlyMemory<byte> body)
    {
        var algorithm = answer.Algorithm;
        var nonce = Encoding.UTF8.GetBytes(answer.Nonce);
        var cnonce = Encoding.UTF8.GetBytes(answer.CNonce);
        var session = algorithm.IsSession ? Hash(algorithm, secret, nonce, cnonce) : null;
        var methodBytes = Encoding.UTF8.GetBytes(method);
        var uri = Encoding.UTF8.GetBytes(answer.Uri);
        var request = answer.Protection == DigestProtection.Integrity
            ? Hash(algorithm, methodBytes, uri, Hash(algorithm, body))
            : Hash(algorithm, methodBytes, uri);
        var digest = DigestText.TokenOf(answer.Protection) is { } qop
            ? Hash(algorithm, session ?? secret, nonce, Encoding.ASCII.GetBytes(answer.CountText), cnonce, Encoding.ASCII.GetBytes(qop), request)
            : Hash(algorithm, session ?? secret, nonce, request);
        CryptographicOperations.ZeroMemory(session);
        return digest;
    }

    /// <summary>Compares in a time that does not tell where they differ. Peers write the digits in either case.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> computed, string given)
    {
        Span<byte> digits = stackalloc byte[64];
        if (given.Length != computed.Length || given.Length > digits.Length)
        {
            return false;
        }

        for (var at = 0; at < given.Length; at++)
        {
            // What is no digit becomes 0, which equals none.
            digits[at] = char.IsAsciiHexDigit(given[at]) ? (byte)(given[at] | 0x20) : (byte)0;
        }

        return CryptographicOperations.FixedTimeEquals(computed, digits[..given.Length]);
    }

    private byte[] Hash(DigestAlgorithm algorithm, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        hashed?.Invoke();
        Span<byte> value = stackalloc byte[32];
        value = value[..algorithm.HashBytes];
        if (parts.Length == 1)
        {
            // A body: large, and no secret.
            CryptographicOperations.HashData(algorithm.Hash, parts[0].Span, value);
        }
        else
        {
            HashJoined(algorithm, parts, value);
        }

        var digits = new byte[value.Length * 2];
        Convert.TryToHexStringLower(value, digits, out _);
        CryptographicOperations.ZeroMemory(value);
        return digits;
    }

    private static void HashJoined(DigestAlgorithm algorithm, ReadOnlySpan<ReadOnlyMemory<byte>> parts, Span<byte> value)
    {
        var length = parts.Length - 1;
        foreach (var part in parts)
        {
            length += part.Length;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var text = buffer.AsSpan(0, length);
        var rest = text;
        foreach (var part in parts)
        {
            part.Span.CopyTo(rest);
            rest = rest[part.Length..];
            if (!rest.IsEmpty)
            {
                rest[0] = (byte)':';
                rest = rest[1..];
            }
        }

        CryptographicOperations.HashData(algorithm.Hash, text, value);
        CryptographicOperations.ZeroMemory(text);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
