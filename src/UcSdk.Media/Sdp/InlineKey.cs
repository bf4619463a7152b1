using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace UcSdk.Media;

/// <summary>
/// The key parameter of a crypto line: <c>inline:KEY|lifetime|mki:length</c> (RFC 4568 §6.1), KEY being 16 bytes of master key and
/// 14 bytes of master salt in base64. Equality compares the text; <see cref="ToString"/> never shows the key.
/// </summary>
public sealed record InlineKey
{
    /// <summary>Bytes of master key and master salt together (RFC 3711 §8.2).</summary>
    public const int KeyAndSaltLength = 30;

    private const string Prefix = "inline:";

    private InlineKey(string keyText, string? lifetime, uint? mki, int mkiLength)
    {
        KeyText = keyText;
        Lifetime = lifetime;
        Mki = mki;
        MkiLength = mkiLength;
    }

    /// <summary>The lifetime as written, e.g. <c>2^31</c>, or null when none is given.</summary>
    public string? Lifetime { get; }

    /// <summary>The value of the master key identifier, or null when packets carry none.</summary>
    public uint? Mki { get; }

    /// <summary>Bytes of the master key identifier in each packet, 1…4; 0 without one.</summary>
    public int MkiLength { get; }

    private string KeyText { get; }

    /// <summary>Puts a key parameter together.</summary>
    /// <param name="keyAndSalt">16 bytes of key and 14 of salt.</param>
    /// <param name="lifetime">The lifetime as written.</param>
    /// <param name="mki">The master key identifier, or null.</param>
    /// <param name="mkiLength">Its length in bytes, 1…4.</param>
    /// <returns>The key parameter.</returns>
    internal static InlineKey Create(ReadOnlySpan<byte> keyAndSalt, string? lifetime, uint? mki = null, int mkiLength = 1)
    {
        if (keyAndSalt.Length != KeyAndSaltLength)
        {
            throw new ArgumentException($"Master key and salt are {KeyAndSaltLength} bytes (RFC 3711 §8.2).", nameof(keyAndSalt));
        }

        return new(Convert.ToBase64String(keyAndSalt), lifetime, mki, mki is null ? 0 : mkiLength);
    }

    internal static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out InlineKey? key)
    {
        key = null;
        var semicolon = text.IndexOf(';');
        text = semicolon < 0 ? text : text[..semicolon];
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        TakePart(ref text, out var keyText);
        keyText = keyText[Prefix.Length..];
        Span<byte> bytes = stackalloc byte[KeyAndSaltLength + 3];
        var fits = Convert.TryFromBase64Chars(keyText, bytes, out var length) && length == KeyAndSaltLength;
        CryptographicOperations.ZeroMemory(bytes);
        if (!fits)
        {
            return false;
        }

        string? lifetime = null;
        uint? mki = null;
        var mkiLength = 0;
        while (TakePart(ref text, out var part))
        {
            if (part.Contains(':'))
            {
                if (mki is not null || !TryParseMki(part, out var value, out mkiLength))
                {
                    return false;
                }

                mki = value;
            }
            else if (lifetime is not null || mki is not null || part.IsEmpty)
            {
                return false;
            }
            else
            {
                lifetime = part.ToString();
            }
        }

        key = new(keyText.ToString(), lifetime, mki, mkiLength);
        return true;
    }

    /// <summary>Writes the 30 bytes of master key and salt; the caller clears them.</summary>
    internal void CopyKeyAndSalt(Span<byte> keyAndSalt) => Convert.TryFromBase64Chars(KeyText, keyAndSalt[..KeyAndSaltLength], out _);

    /// <summary>The key parameter as it goes on the wire.</summary>
    internal string ToText()
    {
        var text = Prefix + KeyText;
        text = Lifetime is null ? text : $"{text}|{Lifetime}";
        return Mki is { } mki ? $"{text}|{SdpText.Number(mki)}:{SdpText.Number(MkiLength)}" : text;
    }

    /// <summary>The parameter for a log: the key is not shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Prefix}[redacted]";

    private static bool TakePart(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> part)
    {
        if (text.IsEmpty)
        {
            part = default;
            return false;
        }

        var bar = text.IndexOf('|');
        part = bar < 0 ? text : text[..bar];
        text = bar < 0 ? default : text[(bar + 1)..];
        return true;
    }

    private static bool TryParseMki(ReadOnlySpan<char> part, out uint value, out int length)
    {
        value = 0;
        length = 0;
        var colon = part.IndexOf(':');
        if (!SdpText.TryParseNumber(part[(colon + 1)..], 4, out var bytes) || bytes == 0
            || !SdpText.TryParseNumber(part[..colon], (1L << (8 * (int)bytes)) - 1, out var number))
        {
            return false;
        }

        value = (uint)number;
        length = (int)bytes;
        return true;
    }
}
