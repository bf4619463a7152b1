using System.Text;

namespace UcSdk.Documents;

/// <summary>Which links may be shown and followed.</summary>
public static class SafeLink
{
    /// <summary>The longest link that is kept, in characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>The schemes that are kept. Not among them is what runs code, holds content or reads files: <c>javascript:</c>, <c>data:</c>, <c>file:</c> and all others.</summary>
    public static readonly ValueList<string> Schemes = ["http", "https", "ftp", "mailto", "tel", "sip", "sips", "im", "callto"];

    /// <summary>The link, if it may be kept, in one form.</summary>
    /// <param name="link">The link as it was written.</param>
    /// <returns>An absolute URI of one of <see cref="Schemes"/> without blanks, quotes and control characters; null when it is none.</returns>
    public static string? Of(string? link)
    {
        if (link is null || link.Length > MaxLength || Bare(link) is not { Length: > 0 } bare)
        {
            return null;
        }

        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? null : Schemes.FirstOrDefault(known => bare.AsSpan(0, colon).Equals(known, StringComparison.OrdinalIgnoreCase));
        if (scheme is null || bare.Length == colon + 1)
        {
            return null;
        }

        var rest = bare[(colon + 1)..];
        var isWeb = scheme is "http" or "https" or "ftp";
        return isWeb && !HasHost(rest) ? null : bare.Length > MaxLength ? null : $"{scheme}:{rest}";
    }

    // Browsers take what is not two slashes for them, and a backslash for a slash; nobody who means well writes it.
    private static bool HasHost(string rest) => rest.Length > 2 && rest.StartsWith("//", StringComparison.Ordinal) && rest[2] is not ('/' or '?' or '#') && !rest.Contains('\\', StringComparison.Ordinal);

    // Browsers pass over tabs and line ends anywhere, and over blanks and controls at both ends: what hides a scheme from a look must not hide it from us.
    private static string? Bare(string link)
    {
        var bare = new StringBuilder(link.Length);
        for (var at = 0; at < link.Length; at++)
        {
            var character = link[at];
            switch (character)
            {
                case '\t' or '\r' or '\n':
                    break;
                case <= ' ' when bare.Length == 0:
                    break;
                case ' ' or '"' or '<' or '>' or '{' or '}' or '`' or '^' or '|':
                    bare.Append('%').Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case var high when char.IsHighSurrogate(high) && at + 1 < link.Length && char.IsLowSurrogate(link[at + 1]):
                    bare.Append(high).Append(link[++at]);
                    break;
                case var bad when char.IsControl(bad) || char.IsSurrogate(bad) || char.IsWhiteSpace(bad) || bad is '\uFFFE' or '\uFFFF' || IsInvisible(bad):
                    return null;
                default:
                    bare.Append(character);
                    break;
            }
        }

        var all = bare.ToString();
        var length = all.Length;
        while (length >= 3 && all.AsSpan(length - 3, 3) is "%20")
        {
            length -= 3;
        }

        return all[..length];
    }

    // What reorders or joins the characters around it can make a link look like another.
    private static bool IsInvisible(char character) => character is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';
}
