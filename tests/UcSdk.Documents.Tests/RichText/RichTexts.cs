namespace UcSdk.Documents.Tests;

/// <summary>What the tests of rich text share.</summary>
internal static class RichTexts
{
    public static RichText Html(string source)
    {
        Assert.True(RichText.TryReadHtml(source, out var text, out var error), error.ToString());
        return text;
    }

    public static RichText Rtf(string source)
    {
        Assert.True(RichText.TryReadRtf(source, out var text, out var error), error.ToString());
        return text;
    }

    public static RichText Plain(string source)
    {
        Assert.True(RichText.TryReadPlain(source, out var text, out var error), error.ToString());
        return text;
    }

    /// <summary>A line for each paragraph: <c>{b,i,u,s,font,size,colour,/background|text→link}</c> for runs with a look, and the bare text for those without.</summary>
    public static string Show(RichText text) => string.Join("\n", text.Paragraphs.Select(paragraph => (paragraph.RightToLeft ? "<" : "") + string.Concat(paragraph.Runs.Select(Show))));

    /// <summary>The text as it comes back from each format that carries everything is the text itself.</summary>
    public static void AssertSurvives(RichText text)
    {
        Assert.Equal(Show(text), Show(Html(text.ToHtml())));
        Assert.Equal(text, Html(text.ToHtml()));
        Assert.Equal(Show(text), Show(Rtf(text.ToRtf())));
        Assert.Equal(text, Rtf(text.ToRtf()));
        Assert.Equal(text.ToPlain(), Plain(text.ToPlain()).ToPlain());
    }

    private static string Show(RichRun run)
    {
        string?[] look =
        [
            run.Style.Bold ? "b" : null, run.Style.Italic ? "i" : null, run.Style.Underline ? "u" : null, run.Style.Strikethrough ? "s" : null, run.Style.FontName,
            run.Style.FontSize?.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Style.Color?.ToString(), run.Style.Background is { } background ? $"/{background}" : null,
        ];
        var style = string.Join(',', look.Where(part => part is not null));
        var words = run.Text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return style.Length == 0 && run.Link is null ? words : $"{{{style}|{words}{(run.Link is null ? "" : $"→{run.Link}")}}}";
    }
}
