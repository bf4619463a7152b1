using System.Globalization;
using System.Text;

namespace UcSdk.Documents;

/// <summary>Writes rich text as HTML. Everything that is not markup of ours is escaped, and each value in an attribute was read as a number, a colour, a clean font name or a safe link.</summary>
internal static class HtmlWriter
{
    public static string Write(RichText text)
    {
        var output = new StringBuilder();
        var needsBlocks = text.Paragraphs.Count > 1 || text.Paragraphs.Any(paragraph => paragraph.RightToLeft);
        foreach (var paragraph in text.Paragraphs)
        {
            output.Append(!needsBlocks ? "" : paragraph.RightToLeft ? "<div dir=\"rtl\">" : "<div>");
            Write(paragraph, output);
            output.Append(needsBlocks ? "</div>" : "");
        }

        return output.ToString();
    }

    private static void Write(RichParagraph paragraph, StringBuilder output)
    {
        var before = '\n';
        for (var at = 0; at < paragraph.Runs.Count; at++)
        {
            var run = paragraph.Runs[at];
            var after = at + 1 < paragraph.Runs.Count ? paragraph.Runs[at + 1].Text[0] : '\n';
            Write(run, ref before, after, output);
        }

        // A line break at the end of a paragraph shows nothing unless another follows.
        output.Append(before == '\n' ? "<br>" : "");
    }

    private static void Write(RichRun run, ref char before, char after, StringBuilder output)
    {
        var style = run.Style;
        if (run.Link is not null)
        {
            output.Append("<a href=\"");
            Escape(run.Link, output);
            output.Append("\">");
        }

        var declarations = Declarations(style);
        output.Append(declarations.Length == 0 ? "" : $"<span style=\"{declarations}\">");
        output.Append(style.Bold ? "<b>" : "").Append(style.Italic ? "<i>" : "").Append(style.Underline ? "<u>" : "").Append(style.Strikethrough ? "<s>" : "");
        WriteText(run.Text, ref before, after, output);
        output.Append(style.Strikethrough ? "</s>" : "").Append(style.Underline ? "</u>" : "").Append(style.Italic ? "</i>" : "").Append(style.Bold ? "</b>" : "");
        output.Append(declarations.Length == 0 ? "" : "</span>").Append(run.Link is null ? "" : "</a>");
    }

    private static string Declarations(TextStyle style)
    {
        var declarations = new List<string>(4);
        if (style.FontName is { } font)
        {
            declarations.Add($"font-family:'{font}'");
        }

        if (style.FontSize is { } size)
        {
            declarations.Add(string.Create(CultureInfo.InvariantCulture, $"font-size:{size}pt"));
        }

        if (style.Color is { } color)
        {
            declarations.Add($"color:{color}");
        }

        if (style.Background is { } background)
        {
            declarations.Add($"background-color:{background}");
        }

        return string.Join(';', declarations);
    }

    // Blanks collapse, and fall away beside line breaks; those that must not are written as no-break spaces, and tabs as references.
    private static void WriteText(string text, ref char before, char after, StringBuilder output)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            var next = at + 1 < text.Length ? text[at + 1] : after;
            switch (character)
            {
                case ' ' when before is ' ' or '\n' || next == '\n':
                    output.Append("&nbsp;");
                    before = '\u00A0';
                    continue;
                case '\n':
                    output.Append("<br>");
                    break;
                case '\t':
                    output.Append("&#9;");
                    break;
                default:
                    Escape(text.AsSpan(at, 1), output);
                    break;
            }

            before = character;
        }
    }

    private static void Escape(ReadOnlySpan<char> text, StringBuilder output)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case '&': output.Append("&amp;"); break;
                case '<': output.Append("&lt;"); break;
                case '>': output.Append("&gt;"); break;
                case '"': output.Append("&quot;"); break;
                case '\'': output.Append("&#39;"); break;
                default: output.Append(character); break;
            }
        }
    }
}
