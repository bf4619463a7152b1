using System.Globalization;
using System.Net;
using System.Text;

namespace UcSdk.Documents;

/// <summary>Character references of HTML (HTML Living Standard §13.2.5.72): numbers, and the names of HTML 4, each with its semicolon.</summary>
internal static class HtmlEntities
{
    private const int MaxNameLength = 10;

    /// <summary>Text with its references decoded; what is none stands for itself.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&'))
        {
            return text.ToString();
        }

        var decoded = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var at = text.IndexOf('&');
            if (at != 0)
            {
                at = at < 0 ? text.Length : at;
                decoded.Append(text[..at]);
                text = text[at..];
                continue;
            }

            if (!TryRead(text, out var characters, out var length))
            {
                (characters, length) = ("&", 1);
            }

            decoded.Append(characters);
            text = text[length..];
        }

        return decoded.ToString();
    }

    /// <summary>Reads the reference that begins with the first character.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out string characters, out int length)
    {
        characters = "";
        length = 0;
        if (text is ['&', '#', ..])
        {
            return TryReadNumber(text, out characters, out length);
        }

        var end = text[..Math.Min(text.Length, MaxNameLength + 2)].IndexOf(';');
        if (end < 2)
        {
            return false;
        }

        length = end + 1;
        var reference = text[..length].ToString();
        characters = WebUtility.HtmlDecode(reference);
        return characters != reference;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out string characters, out int length)
    {
        var isHex = text.Length > 2 && text[2] is 'x' or 'X';
        var from = isHex ? 3 : 2;
        length = from;
        while (length < text.Length && (isHex ? char.IsAsciiHexDigit(text[length]) : char.IsAsciiDigit(text[length])))
        {
            length++;
        }

        characters = "";
        if (length == from)
        {
            return false;
        }

        var digits = text[from..length].TrimStart('0');
        var number = digits.Length > 8 ? uint.MaxValue
            : digits.IsEmpty ? 0
            : uint.Parse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture);
        length += length < text.Length && text[length] == ';' ? 1 : 0;
        characters = number switch
        {
            // What Windows had where Unicode has controls (HTML Living Standard §13.2.5.80).
            >= 0x80 and <= 0x9F => Charsets.Find(1252)!.GetString([(byte)number]),
            0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) => "\uFFFD",
            _ => char.ConvertFromUtf32((int)number),
        };
        return true;
    }
}
