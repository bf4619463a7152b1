namespace UcSdk.Documents;

/// <summary>Reads plain text: lines, and the links in them.</summary>
internal static class PlainTextReader
{
    private static readonly string[] Beginnings = ["http://", "https://", "ftp://", "mailto:", "sip:", "sips:", "tel:", "www."];

    public static void Read(string source, MessageFormat? format, RichTextBuilder builder)
    {
        var style = StyleOf(format);
        var rest = source.AsSpan();
        while (true)
        {
            var end = rest.IndexOfAny('\r', '\n');
            ReadLine(end < 0 ? rest : rest[..end], style, builder);
            if (end < 0 && builder is { IsEmpty: true, Paragraphs: 0 })
            {
                // Nothing at all is not an empty line.
                return;
            }

            builder.RightToLeft = format?.RightToLeft is true;
            builder.EndParagraph();
            if (end < 0 || builder.Exceeded is not null)
            {
                return;
            }

            rest = rest[(end + (rest[end..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1))..];
        }
    }

    private static TextStyle StyleOf(MessageFormat? format) => format is null
        ? TextStyle.Plain
        : new TextStyle
        {
            Bold = format.Bold,
            Italic = format.Italic,
            Underline = format.Underline,
            Strikethrough = format.Strikethrough,
            FontName = format.FontName,
            // Black is what clients say when they say nothing.
            Color = format.Color == default(TextColor) ? null : format.Color,
        }.Cleaned();

    private static void ReadLine(ReadOnlySpan<char> source, TextStyle style, RichTextBuilder builder)
    {
        // What is not kept must not part a link from what follows it.
        var line = RichTextBuilder.Clean(source).AsSpan();
        var from = 0;
        var at = 0;
        while (at < line.Length && builder.Exceeded is null)
        {
            if ((at > 0 && char.IsLetterOrDigit(line[at - 1])) || LinkAt(line[at..]) is not { } link)
            {
                at++;
                continue;
            }

            builder.Append(line[from..at], style, null);
            builder.Append(line.Slice(at, link.Length), style, link.Address);
            at += link.Length;
            from = at;
        }

        builder.Append(line[from..], style, null);
    }

    private static (int Length, string Address)? LinkAt(ReadOnlySpan<char> text)
    {
        foreach (var beginning in Beginnings)
        {
            if (!text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var length = LengthOf(text[..Math.Min(text.Length, SafeLink.MaxLength)]);
            var address = length <= beginning.Length || (beginning == "www." && !text[beginning.Length..length].Contains('.'))
                ? null
                : SafeLink.Of(beginning == "www." ? $"http://{text[..length]}" : text[..length].ToString());
            return address is null ? null : (length, address);
        }

        return null;
    }

    // A link ends at a blank or a bracket that cannot be in it; punctuation behind it is the sentence's.
    private static int LengthOf(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length]) && !char.IsControl(text[length]) && text[length] is not ('<' or '>' or '"' or '\u201C' or '\u201D' or '\u00AB' or '\u00BB'))
        {
            length++;
        }

        while (length > 0 && (text[length - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' || IsUnopened(text[..length])))
        {
            length--;
        }

        return length;
    }

    private static bool IsUnopened(ReadOnlySpan<char> link) => link[^1] switch
    {
        ')' => link.Count('(') < link.Count(')'),
        ']' => link.Count('[') < link.Count(']'),
        '}' => link.Count('{') < link.Count('}'),
        _ => false,
    };
}
