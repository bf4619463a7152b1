using System.Text;

namespace UcSdk.Documents;

/// <summary>Writes rich text as plain text.</summary>
internal static class PlainTextWriter
{
    public static string Write(RichText text)
    {
        var output = new StringBuilder();
        for (var at = 0; at < text.Paragraphs.Count; at++)
        {
            output.Append(at == 0 ? "" : "\r\n");
            Write(text.Paragraphs[at], output);
        }

        return output.ToString();
    }

    private static void Write(RichParagraph paragraph, StringBuilder output)
    {
        var linked = 0;
        for (var at = 0; at < paragraph.Runs.Count; at++)
        {
            var run = paragraph.Runs[at];
            var before = output.Length;
            output.Append(run.Text).Replace("\n", "\r\n", before, output.Length - before);
            if (run.Link is null)
            {
                continue;
            }

            linked += output.Length - before;
            if (at + 1 < paragraph.Runs.Count && paragraph.Runs[at + 1].Link == run.Link)
            {
                continue;
            }

            var said = output.ToString(output.Length - linked, linked);
            linked = 0;
            if (!Says(said, run.Link))
            {
                output.Append(" <").Append(run.Link).Append('>');
            }
        }
    }

    private static bool Says(string text, string link)
    {
        text = text.Trim();
        return text.Length > 0 && (SafeLink.Of(text) == link || SafeLink.Of($"http://{text}") == link || SafeLink.Of($"mailto:{text}") == link || link.TrimEnd('/') == text);
    }
}
