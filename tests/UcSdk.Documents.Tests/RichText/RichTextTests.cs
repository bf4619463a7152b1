using UcSdk.Core;
using static UcSdk.Documents.Tests.RichTexts;

namespace UcSdk.Documents.Tests;

public sealed class RichTextTests
{
    private static readonly string[] Pieces =
    [
        "a", " ", "  ", "\t", "\n", "\r\n", "\u00A0", "<", ">", "&", "\"", "'", "{", "}", "\\", "é", "\uD83D\uDE00", "\uD83D", "\uDE00", "\u0001", "\uFFFE", "http://a.b/c", "www.a.b", "(", ")", ".",
        "<b>", "</b>", "<i>", "<div>", "</div>", "<p dir=rtl>", "<br>", "<a href=http://x/y>", "</a>", "<span style='font-size:9.3pt;color:red;font-family:A B'>", "</span>", "<pre>", "</pre>", "<li>", "<td>",
        "<script>", "</script>", "<!--", "-->", "<img alt=':)'>", "&nbsp;", "&#9;", "&#10;", "&amp;", "&lt;script&gt;", "<a href='javascript:x'>", "<b onclick=x>",
        @"\b ", @"\par ", @"\line ", @"\u233?", @"\'e9", @"\u-10179?", @"\f1 ", @"\cf1 ", @"\fs19 ", @"\*\x ", @"\bin2 ", @"\rtlpar ", @"\pard ", @"{\field{\*\fldinst HYPERLINK ""sip:a@b""}{\fldrslt ", "{{", "}}",
    ];

    [Fact]
    public void What_was_read_from_any_source_survives_writing_and_nothing_unsafe_is_written()
    {
        var random = new SeededRandomSource(20260101);
        for (var run = 0; run < 3000; run++)
        {
            var source = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var html = Html(source);
            AssertSurvives(html);
            AssertSafe(html.ToHtml());
            if (RichText.TryReadRtf(@"{\rtf1{\fonttbl{\f1 Arial;}}{\colortbl;\red1\green2\blue3;}" + source, out var rtf, out _))
            {
                AssertSurvives(rtf);
                AssertSafe(rtf.ToHtml());
            }

            var plain = Plain(source);
            Assert.Equal(Show(plain), Show(Plain(plain.ToPlain())));
            AssertSurvives(plain);
            AssertSafe(plain.ToHtml());
        }
    }

    [Fact]
    public void What_was_put_together_by_hand_is_made_safe_when_it_is_written()
    {
        var text = new RichText(
        [
            new([new("<script>"), new("") { Link = "http://a" }, new("x") { Link = "javascript:alert(1)" }, new("y\u0000") { Style = new() { FontName = "A';x:url(\"", FontSize = 1e9 } }]),
        ]);

        Assert.Equal("&lt;script&gt;x<span style=\"font-family:'Axurl'\">y</span>", text.ToHtml());
        Assert.Equal("<script>xy", text.ToPlain());
    }

    [Fact]
    public void Html_is_written_with_nothing_but_what_is_needed()
    {
        var style = new TextStyle { Bold = true, Italic = true, Underline = true, Strikethrough = true, FontName = "Segoe UI", FontSize = 10.5, Color = new(1, 2, 3), Background = new(255, 255, 0) };
        var text = new RichText([new([new("a <b>\n") { Style = style }, new("here") { Link = "http://x/?a&b" }]), new([]) { RightToLeft = true }]);

        Assert.Equal(
            "<div><span style=\"font-family:'Segoe UI';font-size:10.5pt;color:#010203;background-color:#ffff00\"><b><i><u><s>a &lt;b&gt;<br></s></u></i></b></span><a href=\"http://x/?a&amp;b\">here</a></div><div dir=\"rtl\"><br></div>",
            text.ToHtml());
        AssertSurvives(text);
    }

    [Fact]
    public void Rtf_is_written_in_ascii()
    {
        var text = new RichText([new([new("é{}\\\t") { Style = new() { Bold = true, FontName = "Arial", FontSize = 9.5, Color = new(1, 2, 3) } }, new("x") { Link = "http://x/" }])]);

        Assert.Equal(
            "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Segoe UI;}{\\f1\\fnil\\fcharset0 Arial;}}{\\colortbl ;\\red1\\green2\\blue3;}\\uc1\r\n"
            + "\\pard {\\b\\f1\\fs19\\cf1 \\u233?\\{\\}\\\\\\tab }{\\field{\\*\\fldinst{HYPERLINK \"http://x/\"}}{\\fldrslt{x}}}\\par\r\n}",
            text.ToRtf());
        AssertSurvives(text);
    }

    [Theory]
    [InlineData("see http://a.b/c?d=e&f=(g).", "see {|http://a.b/c?d=e&f=(g)→http://a.b/c?d=e&f=(g)}.")]
    [InlineData("(https://a.b/c)", "({|https://a.b/c→https://a.b/c})")]
    [InlineData("WWW.contoso.com, www.x", "{|WWW.contoso.com→http://WWW.contoso.com}, www.x")]
    [InlineData("mailto:a@b sip:a@b tel:+123;ext=4", "{|mailto:a@b→mailto:a@b} {|sip:a@b→sip:a@b} {|tel:+123;ext=4→tel:+123;ext=4}")]
    [InlineData("xhttp://a javascript:alert(1) http:// sip: http:///a", "xhttp://a javascript:alert(1) http:// sip: http:///a")]
    [InlineData("<http://a.b/>\"http://c\"", "<{|http://a.b/→http://a.b/}>\"{|http://c→http://c}\"")]
    [InlineData("a\r\n\r\nb\nc\rd", "a\n\nb\nc\nd")]
    [InlineData(" a\t b ", " a\\t b ")]
    [InlineData("", "")]
    [InlineData("\u0001", "")]
    public void Links_are_recognised_in_plain_text(string source, string shown)
    {
        Assert.Equal(shown, Show(Plain(source)));
        AssertSurvives(Plain(source));
    }

    [Fact]
    public void The_format_of_a_plain_message_is_its_look_and_comes_back()
    {
        Assert.True(MessageFormat.TryParse("X-MMS-IM-Format: FN=Segoe%20UI; EF=BIUS; CO=ff; CS=0; PF=0; RL=1", out var format));
        Assert.True(RichText.TryReadPlain("a\r\nb", out var text, out _, format: format));

        Assert.Equal("<{b,i,u,s,Segoe UI,#ff0000|a}\n<{b,i,u,s,Segoe UI,#ff0000|b}", Show(text));
        Assert.Equal(format, text.ToMessageFormat());
        Assert.Null(Html("<b>a</b>b").ToMessageFormat());
        Assert.Null(Plain("a").ToMessageFormat());
        Assert.Equal("B", Html("<b>a</b> <b>b</b>").ToMessageFormat()!.ToLine().Split("EF=")[1][..1]);
    }

    [Fact]
    public void The_best_form_of_a_message_that_can_be_read_is_read()
    {
        var content = new MessageContent { Plain = "plain", Rtf = @"{\rtf1 rtf}", Html = "html" };
        Assert.Equal("html", Best(content));
        Assert.Equal("rtf", Best(content with { Html = null }));
        Assert.Equal("plain", Best(content with { Html = null, Rtf = "no rtf" }));
        Assert.Equal("rtf", Best(content with { Html = string.Concat(Enumerable.Repeat("<b>", 101)) }));

        Assert.False(RichText.TryRead(new MessageContent(), out _, out var error));
        Assert.False(error.IsNone);
        Assert.False(RichText.TryRead(new MessageContent { Html = string.Concat(Enumerable.Repeat("<b>", 101)) }, out _, out error));
        Assert.Equal("MaxDepth", error.Rule);
    }

    [Fact]
    public void A_text_becomes_a_message_in_the_forms_that_it_needs()
    {
        Assert.Equal(MessageContent.Of("a\r\nb"), Plain("a\nb").ToMessage());
        var message = Html("<b>a</b> c").ToMessage();
        Assert.Equal(("a c", "<b>a</b> c", null), (message.Plain, message.Html, message.Format));
    }

    [Fact]
    public void Each_limit_holds_at_its_value_and_refuses_one_past_it()
    {
        var limits = new RichTextLimits { MaxSourceLength = 10, MaxTextLength = 4, MaxRuns = 4 };
        Assert.True(RichText.TryReadHtml("<b>abc</b>", out _, out _, limits));
        Assert.Equal("MaxSourceLength", Refusal("<b>abcd</b>"));
        Assert.True(RichText.TryReadHtml("abcd", out _, out _, limits));
        Assert.Equal("MaxTextLength", Refusal("abcde"));
        Assert.True(RichText.TryReadPlain("\n\n\n", out _, out _, limits));
        Assert.False(RichText.TryReadPlain("\n\n\n\n", out _, out var error, limits));
        Assert.Equal("MaxRuns", error.Rule);

        string Refusal(string html)
        {
            Assert.False(RichText.TryReadHtml(html, out _, out var refused, limits));
            return refused.Rule;
        }
    }

    [Fact]
    public void Rich_text_says_nothing_of_its_content()
    {
        var text = Html("<a href='http://secret'>secret</a>");
        Assert.DoesNotContain("secret", $"{text} {text.Paragraphs[0]} {text.Paragraphs[0].Runs[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_at_hostile_sources_takes_no_more_than_their_size_allows()
    {
        string[] bombs =
        [
            Repeat("<script></script>", 15_000), Repeat("<!--", 60_000), Repeat("<b x=", 50_000), Repeat("<a href='", 25_000), Repeat("&", 200_000), Repeat("<b>\u0001</b>a", 20_000),
            Repeat("</p>", 60_000), Repeat("<p>", 80_000), Repeat("a<p style='" + Repeat(";", 100) + "'>", 2_000),
        ];
        foreach (var bomb in bombs)
        {
            Assert.InRange(Allocated(() => RichText.TryReadHtml(bomb, out _, out _)), 0, 4096 + (60L * bomb.Length));
        }

        bombs = [@"{\rtf1\ansicpg932 " + Repeat(@"\'81A", 50_000), @"{\rtf1" + Repeat(@"\u65{}", 40_000), @"{\rtf1{\fonttbl" + Repeat(@"{\f1 A;}", 30_000), @"{\rtf1{\colortbl" + Repeat(";", 200_000), @"{\rtf1{\field" + Repeat(@"{\fldinst x}", 20_000)];
        foreach (var bomb in bombs)
        {
            Assert.InRange(Allocated(() => RichText.TryReadRtf(bomb, out _, out _)), 0, 4096 + (60L * bomb.Length));
        }
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));

    private static string Best(MessageContent content)
    {
        Assert.True(RichText.TryRead(content, out var text, out var error), error.ToString());
        return text.ToPlain();
    }

    // Nothing but our own tags with our own attributes; everything else is escaped.
    private static void AssertSafe(string html)
    {
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var tag = html[at..(html.IndexOf('>', at) + 1)];
            string[] whole = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", "<br>", "<div>", "<div dir=\"rtl\">", "</div>", "</a>", "</span>"];
            Assert.True(whole.Contains(tag) || IsLink(tag) || IsSpan(tag), tag);
        }
    }

    private static bool IsLink(string tag) =>
        tag.StartsWith("<a href=\"", StringComparison.Ordinal) && tag.EndsWith("\">", StringComparison.Ordinal) && tag.Count(character => character == '"') == 2
        && SafeLink.Of(System.Net.WebUtility.HtmlDecode(tag[9..^2])) is not null;

    private static bool IsSpan(string tag) => tag.StartsWith("<span style=\"", StringComparison.Ordinal) && tag.EndsWith("\">", StringComparison.Ordinal)
        && tag[13..^2].Split(';').All(declaration => declaration.Split(':') is [("font-family" or "font-size" or "color" or "background-color"), var value] && !value.Contains('(', StringComparison.Ordinal));
}
