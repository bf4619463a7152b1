using System.Buffers;

namespace UcSdk.Sip;

/// <summary>The character classes of RFC 3261 §25.1 and the small text operations that all header parsers share.</summary>
internal static class SipGrammar
{
    public const string Version = "SIP/2.0";

    public static readonly SearchValues<char> Token =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~");

    public static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    private static readonly SearchValues<char> Special = SearchValues.Create("\"<>,;");

    /// <summary>What may stand around the parts of a value and means nothing (§25.1 LWS, and what <see cref="Scan.IsBlank"/> takes beside it); other blanks of Unicode are text.</summary>
    public static ReadOnlySpan<char> Blanks => " \t\n\v\f\r";

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    /// <summary>Index of the first separator outside quotes and angle brackets, or -1.</summary>
    public static int IndexOfOutside(ReadOnlySpan<char> text, char separator)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text[at..].IndexOfAny(Special);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] == separator)
            {
                return at;
            }

            var close = text[at] switch
            {
                '"' => FindQuoteEnd(text, at),
                '<' => text[at..].IndexOf('>') is var end and >= 0 ? at + end : -1,
                _ => at,
            };
            if (close < 0)
            {
                return -1;
            }

            at = close + 1;
        }

        return -1;
    }

    /// <summary>The index of the quote that ends the quoted string beginning at <paramref name="start"/>, or -1.</summary>
    public static int FindQuoteEnd(ReadOnlySpan<char> text, int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Splits at commas outside quotes and angle brackets; blanks around the parts are dropped, empty parts left out.</summary>
    public static IEnumerable<string> SplitList(string value)
    {
        for (var start = 0; start < value.Length;)
        {
            var at = IndexOfOutside(value.AsSpan(start), ',');
            var end = at < 0 ? value.Length : start + at;
            var part = value.AsSpan(start, end - start).Trim().ToString();
            start = end + 1;
            if (part.Length > 0)
            {
                yield return part;
            }
        }
    }

    /// <summary>Removes the quotes and escapes of a quoted string; other text is returned as it is.</summary>
    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return text.ToString();
        }

        return Unescape(text[1..^1].ToString());
    }

    /// <summary>Removes the backslashes of quoted pairs (RFC 3261 §25.1).</summary>
    public static string Unescape(string inner)
    {
        if (!inner.Contains('\\', StringComparison.Ordinal))
        {
            return inner;
        }

        var result = new System.Text.StringBuilder(inner.Length);
        for (var at = 0; at < inner.Length; at++)
        {
            if (inner[at] == '\\' && at + 1 < inner.Length)
            {
                at++;
            }

            result.Append(inner[at]);
        }

        return result.ToString();
    }

    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>True when the text can stand in a header line: it makes no line of its own.</summary>
    public static bool IsSingleLine(ReadOnlySpan<char> text) => text.IndexOfAny('\r', '\n') < 0;
}
