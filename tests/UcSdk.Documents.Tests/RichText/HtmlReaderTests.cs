using static UcSdk.Documents.Tests.RichTexts;

namespace UcSdk.Documents.Tests;

public sealed class HtmlReaderTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("<b>a</b><i>b</i><u>c</u><s>d</s>", "{b|a}{i|b}{u|c}{s|d}")]
    [InlineData("<strong><em>a</em></strong><ins>c</ins><strike>d</strike><del>e</del>", "{b,i|a}{u|c}{s|de}")]
    [InlineData("<b>a<i>b</b>c</i>d", "{b|a}{b,i|b}cd")]
    [InlineData("<p>one<p>two</p><div>three</div>four", "one\ntwo\nthree\nfour")]
    [InlineData("<div><div>one</div></div>\r\n  <div> two </div>", "one\ntwo")]
    [InlineData("a<br>b<br/>c</br>d", "a\\nb\\nc\\nd")]
    [InlineData("<div>a<br></div><div><br></div><div>b<br><br></div>", "a\n\nb\\n")]
    [InlineData("a  b\r\n\tc", "a b c")]
    [InlineData("<b>a </b> b", "{b|a }b")]
    [InlineData("a <br> b", "a\\nb")]
    [InlineData("&nbsp;a&nbsp; b&#160;", " a  b ")]
    [InlineData("<pre>\n a\n\tb</pre>c", " a\\n\\tb\nc")]
    [InlineData("<ul><li>one<li>two</ul>three", "\u2022 one\n\u2022 two\nthree")]
    [InlineData("<table><tr><td>a<td>b<tr><th>c</th></table>", "a\\tb\n{b|c}")]
    [InlineData("<h1>Title</h1>text<hr>more", "{b|Title}\ntext\nmore")]
    [InlineData("<div dir=rtl>\u05E9\u05DC\u05D5\u05DD</div><p style='direction:rtl'>x</p>", "<\u05E9\u05DC\u05D5\u05DD\n<x")]
    [InlineData("", "")]
    [InlineData(" \r\n ", "")]
    public void Html_is_read_as_a_browser_shows_it(string html, string shown)
    {
        Assert.Equal(shown, Show(Html(html)));
        AssertSurvives(Html(html));
    }

    [Theory]
    [InlineData("<span style=\"font-family:'Segoe UI', Arial;font-size:10.0pt;color:#1F497D\">x</span>", "{Segoe UI,10,#1f497d|x}")]
    [InlineData("<span style='font-weight:bold;font-style:italic;text-decoration:underline line-through'>x</span>", "{b,i,u,s|x}")]
    [InlineData("<b style='font-weight:normal'>x</b><b><span style='font-weight:400'>y</span></b><span style='font-weight:700'>z</span>", "xy{b|z}")]
    [InlineData("<font face='Tahoma,Arial' size=2 color=red>x</font>", "{Tahoma,10,#ff0000|x}")]
    [InlineData("<font color=\"000080\">x</font><font color='#0f0'>y</font>", "{#000080|x}{#00ff00|y}")]
    [InlineData("<span style='background:yellow;color:rgb(1, 2,3)'>x</span>", "{#010203,/#ffff00|x}")]
    [InlineData("<span style='font-size:16px'>x</span><span style='font-size:large'>y</span><span style='font-size:2em'>z</span>", "{12|x}{13.5|y}z")]
    [InlineData("<span style='font-size:0pt'>x</span><span style='font-size:400pt'>y</span><span style='font-size:400.5pt'>z</span>", "x{400|y}z")]
    [InlineData("<span style='color:red;color:nonsense;;:;font-size:x;'>x</span>", "{#ff0000|x}")]
    [InlineData("<u><span style='text-decoration:none'>x</span></u>", "x")]
    [InlineData("<span style='font-family:A;font-family:&quot;url(x);}&quot;'>x</span>", "{urlx|x}")]
    public void Looks_are_read_from_elements_and_styles(string html, string shown)
    {
        Assert.Equal(shown, Show(Html(html)));
        AssertSurvives(Html(html));
    }

    [Theory]
    [InlineData("&lt;b&gt; &amp;amp; &quot;&apos;&euro;&auml;", "<b> &amp; \"'\u20ACä")]
    [InlineData("&#65;&#x42;&#X43;&#68 &#0;&#xD800;&#x110000;&#99999999999;", "ABCD \uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("&#150;&#x80;", "\u2013\u20AC")]
    [InlineData("AT&T & &unknown; &; &# &#x; &#; &lt", "AT&T & &unknown; &; &# &#x; &#; &lt")]
    [InlineData("&#x1F600;", "\U0001F600")]
    [InlineData("a&#9;b&#10;c&#1;d", "a\\tb cd")]
    public void References_are_decoded_and_what_is_none_stands_for_itself(string html, string shown)
    {
        Assert.Equal(shown, Show(Html(html)));
        AssertSurvives(Html(html));
    }

    [Theory]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("a<SCRIPT type=x>alert('</scriptx>')</ScRiPt\n>b", "ab")]
    [InlineData("a<script>b", "a")]
    [InlineData("a<style>p{}</style>b<title>t</title>c<textarea><b></textarea>d<xmp><i></xmp>e<noscript><img src=x></noscript>f", "abcdef")]
    [InlineData("a<iframe src=x>frame</iframe>b<object data=x>o<param name=y>p</object>c<embed src=x>d<applet>x</applet>e", "abcde")]
    [InlineData("a<svg><script>x</script><text>y</text></svg>b<math>m</math>c", "abc")]
    [InlineData("<html><head><title>t</title><meta charset=x><link href=x>h</head><body onload=x>a</body></html>", "a")]
    [InlineData("<head><meta charset=x><body>a", "a")]
    [InlineData("a<!-- b -->c<!-->d<!---->e<?php f ?>g<!DOCTYPE h>i<![if x]>j<![endif]>k</ l>m<!--n", "acdegijkm")]
    [InlineData("a<div style='display:none'>b<p>c</p></div>d<span style='VISIBILITY : HIDDEN !important'>e</span>", "a\nd")]
    [InlineData("a<select><option>b</select>c<button>d</button>e<input value=f>g", "aceg")]
    [InlineData("a<plaintext>b</plaintext>c", "a")]
    [InlineData("a<b onclick='>'>b</b>c", "a{b|b}c")]
    [InlineData("a<b title=\">\">b", "a{b|b}")]
    [InlineData("1 < 2 <3 <> <", "1 < 2 <3 <> <")]
    [InlineData("a<b", "a")]
    [InlineData("a<img src=\"x", "a")]
    public void What_may_not_be_shown_falls_away_and_what_is_no_markup_stays(string html, string shown)
    {
        Assert.Equal(shown, Show(Html(html)));
        AssertSurvives(Html(html));
    }

    [Theory]
    [InlineData("Hi <img src='cid:1' alt=':)' title='Smile'>!", "Hi :)!")]
    [InlineData("Hi <img title=\"(y)\" onerror=alert(1)>!", "Hi (y)!")]
    [InlineData("Hi <img src='http://tracker.example/1.gif'>!", "Hi !")]
    [InlineData("Hi<img alt='<script>'>", "Hi<script>")]
    public void A_picture_is_its_words(string html, string shown) => Assert.Equal(shown, Show(Html(html)));

    [Theory]
    [InlineData("<a href=\"HTTP://example.com/?a=1&amp;b=2\">x</a>y", "{|x→http://example.com/?a=1&b=2}y")]
    [InlineData("<a href='mailto:a@b'>x</a><a href=sip:a@b>y</a>", "{|x→mailto:a@b}{|y→sip:a@b}")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "x")]
    [InlineData("<a href=' java\tscript&#58;alert(1)'>x</a>", "x")]
    [InlineData("<a href='data:text/html,x'>x</a><a href='file:///etc/passwd'>y</a><a href='\\\\host\\share'>z</a><a href='/relative'>r</a><a name=n>n</a>", "xyzrn")]
    [InlineData("<a href='http://a'><b>x</b>y</a><a href=''>z</a>", "{b|x→http://a}{|y→http://a}z")]
    [InlineData("<a href='http://a/\"onmouseover=\"x'>x</a>", "{|x→http://a/%22onmouseover=%22x}")]
    public void Links_are_kept_when_they_are_safe(string html, string shown)
    {
        Assert.Equal(shown, Show(Html(html)));
        AssertSurvives(Html(html));
    }

    [Fact]
    public void A_message_of_a_client_is_read()
    {
        // The form in which Lync wraps a message.
        const string Source =
            "<DIV style=\"FONT-SIZE: 10pt; MARGIN: 0in 0in 0pt; FONT-FAMILY: Segoe UI; DIRECTION: ltr; COLOR: #000000\">see <A href=\"http://contoso.com/\">this</A>&nbsp;now</DIV>\r\n<DIV style=\"font-size:10pt\"><B>bye</B></DIV>";
        var text = Html(Source);

        Assert.Equal("{Segoe UI,10,#000000|see }{Segoe UI,10,#000000|this→http://contoso.com/}{Segoe UI,10,#000000| now}\n{b,10|bye}", Show(text));
        Assert.Equal("see this <http://contoso.com/> now\r\nbye", text.ToPlain());
        AssertSurvives(text);
    }

    [Fact]
    public void Depth_is_limited()
    {
        var limits = new RichTextLimits { MaxDepth = 3 };
        Assert.True(RichText.TryReadHtml("<b><i><u>x</u></i></b><b><i><u>x", out _, out _, limits));
        Assert.False(RichText.TryReadHtml("<b><i><u><s>x", out var text, out var error, limits));
        Assert.Equal((null, "MaxDepth"), (text, error.Rule));
    }

    [Fact]
    public void Attributes_behind_the_limit_fall_away()
    {
        var many = string.Concat(Enumerable.Range(1, HtmlTokenizer.MaxAttributes - 1).Select(number => $"a{number} "));
        Assert.Equal("{|x→http://a}", Show(Html($"<a {many} href=http://a>x")));
        Assert.Equal("x", Show(Html($"<a {many} b href=http://a>x")));
    }
}
