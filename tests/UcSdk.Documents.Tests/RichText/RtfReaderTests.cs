using static UcSdk.Documents.Tests.RichTexts;

namespace UcSdk.Documents.Tests;

public sealed class RtfReaderTests
{
    [Theory]
    [InlineData(@"{\rtf1 hello}", "hello")]
    [InlineData(@"{\rtf1\ansi one\par two\par}", "one\ntwo")]
    [InlineData(@"{\rtf1 one\par\par two\par\par}", "one\n\ntwo\n")]
    [InlineData(@"{\rtf1 a\line b\tab c\cell d}", "a\\nb\\tc\\td")]
    [InlineData(@"{\rtf1 \b a\b0{\i b}\ul c\ulnone\strike d}", "{b|a}{i|b}{u|c}{s|d}")]
    [InlineData(@"{\rtf1{\b\i a\plain b}c}", "{b,i|a}bc")]
    [InlineData(@"{\rtf1{\fonttbl{\f0\fswiss Segoe UI;}{\f1\fnil\fcharset0{\*\panose 020b}Tahoma{\*\falt Arial};}}\f0\fs20 a\f1\fs21 b\f9 c}", "{Segoe UI,10|a}{Tahoma,10.5|b}{10.5|c}")]
    [InlineData(@"{\rtf1{\fonttbl\f0\fswiss Helvetica;\f1 Courier;}\f1 a}", "{Courier|a}")]
    [InlineData(@"{\rtf1{\colortbl;\red255\green0\blue0;\red0\green128\blue0;}\cf1 a\cf2\highlight1 b\cf0\highlight0 c\cf7 d}", "{#ff0000|a}{#008000,/#ff0000|b}cd")]
    [InlineData(@"{\rtf1\pard\rtlpar a\par\pard b\par}", "<a\nb")]
    [InlineData(@"{\rtf1 \{\}\\\~\_\-x}", "{}\\ -x")]
    [InlineData(@"{\rtf1\ldblquote a\rdblquote\emdash\bullet\lquote\rquote}", "\u201Ca\u201D\u2014\u2022\u2018\u2019")]
    [InlineData("{\\rtf1 a\r\nb\\\r\nc}", "ab\nc")]
    [InlineData(@"{\rtf1 a{\v hidden}b}", "ab")]
    [InlineData(@"{\rtf1 a}b{\i c}", "a")]
    [InlineData(@"{\rtf1", "")]
    [InlineData(@"{\rtf1 a\", "a")]
    public void Rtf_is_read(string rtf, string shown)
    {
        Assert.Equal(shown, Show(Rtf(rtf)));
        AssertSurvives(Rtf(rtf));
    }

    [Theory]
    [InlineData(@"{\rtf1\ansi Lab\u915GValue}", "LabΓValue")]
    [InlineData(@"{\rtf1\uc1 \u8364\'80x}", "€x")]
    [InlineData(@"{\rtf1\uc2 \u8364\'81\'40x}", "€x")]
    [InlineData(@"{\rtf1\uc0 \u8364x}", "€x")]
    [InlineData(@"{\rtf1\u8364 {}x}", "€x")]
    [InlineData(@"{\rtf1\uc3\u8364{ab}c}", "€abc")]
    [InlineData(@"{\rtf1\u-10179?\u-8704?!}", "\U0001F600!")]
    [InlineData(@"{\rtf1\u-10179?!\u-8704?}", "\uFFFD!\uFFFD")]
    [InlineData(@"{\rtf1\uc1{\uc2\u65 ab}\u66 cd}", "ABd")]
    public void Characters_by_their_unicode_numbers_replace_what_stands_for_them(string rtf, string shown)
    {
        // The first two are the examples of RTF 1.9.1, Unicode RTF.
        Assert.Equal(shown, Show(Rtf(rtf)));
        AssertSurvives(Rtf(rtf));
    }

    [Theory]
    [InlineData(@"{\rtf1\ansi Gr\'fc\'dfe \'80}", "Grüße €")]
    [InlineData(@"{\rtf1\ansicpg1251 \'cf\'f0\'e8}", "При")]
    [InlineData(@"{\rtf1{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\f1 \'cf\f0 \'fc}", "{B|П}{A|ü}")]
    [InlineData(@"{\rtf1\ansicpg932 \'83A\'83\'41\'b1b}", "アアｱb")]
    [InlineData(@"{\rtf1\mac \'8a}", "ä")]
    [InlineData(@"{\rtf1 \'zz\'4}", "zz4")]
    [InlineData(@"{\rtf1\ansicpg99999 \'e4}", "ä")]
    public void Bytes_are_of_the_code_page_of_their_font_or_document(string rtf, string shown) => Assert.Equal(shown, Show(Rtf(rtf)));

    [Theory]
    [InlineData(@"{\rtf1 {\field{\*\fldinst{HYPERLINK ""http://contoso.com/a b""}}{\fldrslt{\ul this}}}!}", "{u|this→http://contoso.com/a%20b}!")]
    [InlineData(@"{\rtf1{\field{\*\fldinst HYPERLINK mailto:a@b \\t x}{\fldrslt c}}d}", "{|c→mailto:a@b}d")]
    [InlineData(@"{\rtf1{\field{\*\fldinst HYPERLINK ""javascript:alert(1)""}{\fldrslt c}}d}", "cd")]
    [InlineData(@"{\rtf1{\field{\*\fldinst HYPERLINK \\l ""there""}{\fldrslt c}}}", "c")]
    [InlineData(@"{\rtf1{\field{\*\fldinst INCLUDEPICTURE ""http://evil.example/x.png""}{\fldrslt c}}}", "c")]
    [InlineData(@"{\rtf1{\field{\*\fldinst HYPERLINK ""http://a""}}{\fldrslt c}}", "c")]
    public void Links_of_fields_are_kept_when_they_are_safe(string rtf, string shown)
    {
        Assert.Equal(shown, Show(Rtf(rtf)));
        AssertSurvives(Rtf(rtf));
    }

    [Theory]
    [InlineData(@"{\rtf1 a{\pict\pngblip 89504e47}b}", "ab")]
    [InlineData(@"{\rtf1 a{\*\shppict{\pict x}}{\nonshppict{\pict y}}b}", "ab")]
    [InlineData(@"{\rtf1 a{\object\objemb{\*\objclass Package}{\*\objdata 0105}{\result{\pict x}r}}b}", "ab")]
    [InlineData(@"{\rtf1{\info{\author A}}{\stylesheet{\s0 Normal;}}{\*\generator Riched20;}{\header h}a}", "a")]
    [InlineData(@"{\rtf1{\*\unknown x{y}z}a\unknown b}", "ab")]
    [InlineData("{\\rtf1 a{\\pict\\bin5 }}}{{}b}", "ab")]
    [InlineData(@"{\rtf1 a\bin4294967295 b}", "a")]
    [InlineData(@"{\rtf1 a\bin-1 b}", "ab")]
    [InlineData(@"{\rtf1\uc2147483647\u65 x}y", "A")]
    [InlineData(@"{\rtf1{\fonttbl{\f0 {\pict x}A;}}\f0 a}", "{A|a}")]
    public void Pictures_objects_binary_data_and_unknown_destinations_are_passed_over(string rtf, string shown) => Assert.Equal(shown, Show(Rtf(rtf)));

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData(@"{\urtf1 a}")]
    [InlineData("<b>")]
    public void What_does_not_begin_as_rtf_is_none(string source)
    {
        Assert.False(RichText.TryReadRtf(source, out _, out var error));
        Assert.False(error.IsNone);
    }

    [Fact]
    public void Depth_is_limited()
    {
        var limits = new RichTextLimits { MaxDepth = 3 };
        Assert.True(RichText.TryReadRtf(@"{\rtf1 {{x}}{{y}}}", out _, out _, limits));
        Assert.False(RichText.TryReadRtf(@"{\rtf1 {{{x}}}}", out var text, out var error, limits));
        Assert.Equal((null, "MaxDepth"), (text, error.Rule));
    }

    [Fact]
    public void The_message_of_a_rich_edit_control_is_read()
    {
        // What Windows' edit control writes, which clients send as it is.
        const string Source =
            "{\\rtf1\\fbidis\\ansi\\ansicpg1252\\deff0\\nouicompat\\deflang1033{\\fonttbl{\\f0\\fnil\\fcharset0 Segoe UI;}{\\f1\\fnil Segoe UI;}}\r\n{\\colortbl ;\\red0\\green0\\blue0;}\r\n{\\*\\generator Riched20 15.0.4420}{\\*\\mmathPr\\mwrapIndent1440 }\\viewkind4\\uc1 \r\n\\pard\\cf1\\embo\\f0\\fs20 hello\\embo0\\f1\\par\r\n{\\*\\lyncflags rtf=1}}";
        Assert.Equal("{Segoe UI,10,#000000|hello}", Show(Rtf(Source)));
        AssertSurvives(Rtf(Source));
    }
}
