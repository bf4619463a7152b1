using System.Net;
using System.Text;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>Rich text from every source: what was read survives every format, and nothing is written that could be dangerous to show.</summary>
internal static class RichTextTargets
{
    private static readonly string[] Pieces =
    [
        "a", " ", "\t", "\n", "\r\n", "\u00A0", "<", ">", "&", "\"", "'", "{", "}", "\\", "é", "\U0001F600", "\u0001", "\uFFFE", "http://a.b/c", "www.a.b", ")", ".", ";", "=", "-->", "/",
        "<b>", "</b>", "<div>", "</div>", "<p dir=rtl>", "<br>", "<a href=http://x/y>", "<a href='java&#9;script:x'>", "</a>", "<span style='font-size:9.3pt;color:red;font-family:A B'>", "</span>", "<pre>", "</pre>",
        "<li>", "<td>", "<script>", "</script>", "<!--", "<img alt=':)' src=x>", "<img src=x onerror=y>", "<svg onload=x>", "<style>", "<object>", "</object>", "<head>", "<body>", "&nbsp;", "&#9;", "&#x0a;", "&lt;script&gt;", "style=",
        @"{\rtf1", @"\b ", @"\par ", @"\line ", @"\u233?", @"\u-10179", @"\uc0", @"\'e9", @"\'83A", @"\ansicpg932", @"\f1 ", @"\cf1 ", @"\fs19 ", @"\*\x ", @"\bin3 ", @"\rtlpar ", @"\pard ", @"\plain ", @"\v ",
        @"{\field{\*\fldinst HYPERLINK ""sip:a@b""}{\fldrslt ", @"{\fonttbl{\f1\fcharset204 Arial;}}", @"{\colortbl;\red1\green2\blue3;}", @"{\pict ", "{{", "}}",
    ];

    private static readonly string[] Tags = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", "<br>", "<div>", "<div dir=\"rtl\">", "</div>", "</a>", "</span>"];

    public static readonly FuzzTarget RichTexts = new("rich-text", "rich-text", Run, Generate);

    private static void Run(byte[] input, RandomSource random)
    {
        var source = Encoding.UTF8.GetString(input);
        if (Bounded(source, () => RichText.TryReadHtml(source, out var text, out _) ? text : null) is { } html)
        {
            Look(html);
        }

        var rtfSource = source.StartsWith(@"{\rtf", StringComparison.Ordinal) ? source : @"{\rtf1 " + source;
        if (Bounded(rtfSource, () => RichText.TryReadRtf(rtfSource, out var text, out _) ? text : null) is { } rtf)
        {
            Look(rtf);
        }

        if (Bounded(source, () => RichText.TryReadPlain(source, out var text, out _) ? text : null) is { } plain)
        {
            FuzzFinding.Require(RichText.TryReadPlain(plain.ToPlain(), out var again, out _) && again.Equals(plain), "plain text survives");
            Look(plain);
        }
    }

    private static RichText? Bounded(string source, Func<RichText?> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var text = read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(allocated <= 16_384 + (400L * source.Length), $"allocates at most 16 kB and 400 times the size, not {allocated} for {source.Length}");
        return text;
    }

    private static void Look(RichText text)
    {
        var html = text.ToHtml();
        FuzzFinding.Require(RichText.TryReadHtml(html, out var again, out var error, Unlimited) && again.Equals(text), $"text survives HTML: {error}");
        FuzzFinding.Require(RichText.TryReadRtf(text.ToRtf(), out again, out error, Unlimited) && again.Equals(text), $"text survives RTF: {error}");
        _ = text.ToMessage();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var end = html.IndexOf('>', at);
            FuzzFinding.Require(end > at, "each tag is closed");
            var tag = html[at..(end + 1)];
            FuzzFinding.Require(Tags.Contains(tag) || IsLink(tag) || IsSpan(tag), "no other tags than ours");
        }
    }

    private static RichTextLimits Unlimited => new() { MaxSourceLength = int.MaxValue, MaxTextLength = int.MaxValue, MaxRuns = int.MaxValue };

    private static bool IsLink(string tag) =>
        tag.StartsWith("<a href=\"", StringComparison.Ordinal) && tag.EndsWith("\">", StringComparison.Ordinal) && tag.Count(character => character == '"') == 2
        && WebUtility.HtmlDecode(tag[9..^2]) is var link && SafeLink.Of(link) == link;

    private static bool IsSpan(string tag) =>
        tag.StartsWith("<span style=\"", StringComparison.Ordinal) && tag.EndsWith("\">", StringComparison.Ordinal) && !tag.Contains('(', StringComparison.Ordinal) && !tag.Contains('\\', StringComparison.Ordinal)
        && tag[13..^2].Split(';').All(declaration => declaration.Split(':')[0] is "font-family" or "font-size" or "color" or "background-color");

    private static byte[] Generate(RandomSource random)
    {
        var text = new StringBuilder(random.Next(3) == 0 ? @"{\rtf1" : "");
        for (var pieces = random.Next(24); pieces >= 0; pieces--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
