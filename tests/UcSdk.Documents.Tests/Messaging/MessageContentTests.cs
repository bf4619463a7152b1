using System.Text;

namespace UcSdk.Documents.Tests;

public sealed class MessageContentTests
{
    [Fact]
    public void Plain_text_is_utf8_unless_it_says_otherwise()
    {
        Assert.Equal("Grüße", MessageContent.Read("text/plain", TestDocuments.Utf8("Grüße")).Plain);
        Assert.Equal("Grüße", MessageContent.Read(null, TestDocuments.Utf8("Grüße")).Plain);
        Assert.Equal("Grüße", MessageContent.Read("text/plain; charset=us-ascii", TestDocuments.Utf8("Grüße")).Plain);
        Assert.Equal("Grüße", MessageContent.Read("TEXT/Plain ;Charset=\"iso-8859-1\"", Encoding.Latin1.GetBytes("Grüße")).Plain);
        Assert.Equal("„Привет“", MessageContent.Read("text/plain;charset=windows-1251", new byte[] { 0x84, 0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x93 }).Plain);
        Assert.Equal("hi", MessageContent.Read("text/plain;charset=utf-16", Encoding.Unicode.GetBytes("\uFEFFhi")).Plain);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("klingon")]
    [InlineData("a-name-that-is-longer-than-any-charset-has")]
    public void Text_in_an_unknown_charset_is_taken_for_utf8_and_says_so(string charset)
    {
        var content = MessageContent.Read($"text/plain; charset={charset}", TestDocuments.Utf8("+ADw-é"));
        Assert.Equal("+ADw-é", content.Plain);
        Assert.Equal(new MessageDefect(MessageDefectKind.UnknownCharset, "text/plain", charset), Assert.Single(content.Defects));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Bytes_that_are_none_of_the_charset_become_replacements_and_are_told_of(string charset)
    {
        var content = MessageContent.Read($"text/html; charset={charset}", new byte[] { 0x61, 0x00, 0x00, 0xDC, 0x62, 0x00 });
        Assert.Contains('\uFFFD', content.Html!);
        Assert.Equal(new MessageDefect(MessageDefectKind.BadEncoding, "text/html", charset), Assert.Single(content.Defects));
    }

    [Fact]
    public void The_alternatives_of_a_message_are_one_message()
    {
        MessagePart[] parts =
        [
            new("text/plain; charset=UTF-8;msgr=" + new MessageFormat { Bold = true }.ToParameter(), TestDocuments.Utf8("hi")),
            new("text/rtf; charset=UTF-8", TestDocuments.Utf8(@"{\rtf1 hi}")),
            new("text/html", TestDocuments.Utf8("<b>hi</b>")),
            new("image/gif", new byte[] { 1, 2, 3 }),
        ];
        var content = MessageContent.Read(parts);

        Assert.Equal(("hi", @"{\rtf1 hi}", "<b>hi</b>", true), (content.Plain, content.Rtf, content.Html, content.Format?.Bold));
        Assert.Equal([parts[3]], content.Others);
        Assert.Empty(content.Defects);
        Assert.Equal(["text/plain", "text/rtf", "text/html", "image/gif"], content.ToParts().Select(part => part.MediaType));
        Assert.Equal("message as text/plain, text/rtf, text/html, image/gif", content.ToString());
        Assert.Equal("text/plain; charset=UTF-8;msgr=" + content.Format!.ToParameter(), content.ToParts()[0].ContentType);
        Assert.Equal(parts[2].Content.ToArray(), content.ToParts()[2].Content.ToArray());
    }

    [Fact]
    public void Of_two_parts_of_one_type_the_last_counts_and_the_first_is_kept()
    {
        var content = MessageContent.Read([new("text/plain", TestDocuments.Utf8("poor")), new("", TestDocuments.Utf8("best"))]);
        Assert.Equal("best", content.Plain);
        Assert.Equal("poor", TestDocuments.Text(Assert.Single(content.Others).Content.ToArray()));
    }

    [Theory]
    [InlineData("base64", "R3LD\r\nvMOfZQ==", "Grüße", false)]
    [InlineData("Base64", "R3LD!vMOfZQ", "Grüße", true)]
    [InlineData("base64", "R3LDvMOfZ", "Grüß", true)]
    [InlineData("quoted-printable", "Gr=C3=BC=C3=\r\n=9fe", "Grüße", false)]
    [InlineData("quoted-printable", "a=\nb = c=", "ab = c=", true)]
    [InlineData("8bit", "Gr=", "Gr=", false)]
    [InlineData(" 7bit", "Gr=", "Gr=", false)]
    [InlineData("x-uuencode", "Gr=", "Gr=", true)]
    public void Transfer_encodings_are_taken_off(string encoding, string body, string text, bool isBad)
    {
        var content = MessageContent.Read([new("text/plain", TestDocuments.Utf8(body)) { TransferEncoding = encoding }]);
        Assert.Equal(text, content.Plain);
        Assert.Equal(isBad, content.Defects.Any(defect => defect.Kind == MessageDefectKind.BadTransferEncoding));
    }

    [Fact]
    public void Parts_are_read_up_to_the_limit_of_their_number()
    {
        var limits = new MessageLimits { MaxParts = 2 };
        MessagePart html = new("text/html", TestDocuments.Utf8("<b>"));
        MessagePart plain = new("text/plain", TestDocuments.Utf8("b"));
        Assert.Empty(MessageContent.Read([plain, html], limits).Defects);
        var content = MessageContent.Read([plain, plain, html], limits);
        Assert.Equal((null, new MessageDefect(MessageDefectKind.TooLarge, "text/html", "MaxParts")), (content.Html, Assert.Single(content.Defects)));
    }

    [Fact]
    public void A_part_is_read_up_to_the_limit_of_its_size()
    {
        var limits = new MessageLimits { MaxPartBytes = 3 };
        Assert.Equal("abc", MessageContent.Read("text/plain", TestDocuments.Utf8("abc"), limits).Plain);
        var content = MessageContent.Read([new("text/html", TestDocuments.Utf8("abcd")), new("text/plain", TestDocuments.Utf8("abc"))], limits);
        Assert.Equal((null, "abc", new MessageDefect(MessageDefectKind.TooLarge, "text/html", "MaxPartBytes")), (content.Html, content.Plain, Assert.Single(content.Defects)));
    }

    [Fact]
    public void A_message_survives_its_parts()
    {
        var content = new MessageContent { Plain = "hi\r\nyou", Html = "<b>hi</b>", Rtf = @"{\rtf1}", Format = new() { FontName = "Segoe UI", Color = new(1, 2, 3) } };
        Assert.Equal(content, MessageContent.Read(content.ToParts()));
    }

    [Fact]
    public void The_first_message_of_a_session_travels_in_its_headers()
    {
        Assert.Equal("text/plain; charset=UTF-8;ms-body=aGVsbG8=", FirstMessage.ToTextFormat(MessageContent.Of("hello")));
        Assert.Null(FirstMessage.ToImFormat(MessageContent.Of("hello")));

        var content = new MessageContent { Plain = "hello", Format = new() { Italic = true }, Html = "<i>hello</i>" };
        Assert.Equal(content, FirstMessage.Read([FirstMessage.ToTextFormat(content)!, FirstMessage.ToImFormat(content)!]));
        Assert.Equal(@"{\rtf1}", FirstMessage.Read([FirstMessage.ToImFormat(new() { Rtf = @"{\rtf1}" })!])?.Rtf);
    }

    [Theory]
    [InlineData("text/plain; charset=UTF-8; ms-body=aGVsbG8=", "hello")]
    [InlineData("text/plain; charset=UTF-8;msgr=WAAt;ms-body=aGVsbG8", "hello")]
    [InlineData("text/plain;charset=\"UTF-8\";x;MS-Body=\"aGVs\\bG8=\" ;y=1", "hello")]
    [InlineData("text/plain; charset=UTF-8", null)]
    [InlineData("text/plain; ms-body=<hello>", null)]
    [InlineData("; ms-body=aGVsbG8=", null)]
    [InlineData("", null)]
    public void Headers_of_other_clients_are_understood(string value, string? text) => Assert.Equal(text, FirstMessage.Read([value])?.Plain);

    [Fact]
    public void A_first_message_beyond_the_limit_is_none_or_says_so()
    {
        var limits = new MessageLimits { MaxPartBytes = 6 };
        Assert.Equal("sixsix", FirstMessage.Read(["text/plain;ms-body=c2l4c2l4"], limits)?.Plain);
        Assert.Null(FirstMessage.Read(["text/plain;ms-body=c2V2ZW43Nw=="], limits)?.Plain);
        Assert.Null(FirstMessage.Read([$"text/plain;ms-body={new string('A', 4000)}"], limits));
    }
}
