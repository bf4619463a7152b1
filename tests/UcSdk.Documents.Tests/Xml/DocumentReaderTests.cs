using System.Text;
using UcSdk.Core;

namespace UcSdk.Documents.Tests;

public sealed class DocumentReaderTests
{
    [Fact]
    public void A_tree_keeps_namespaces_attributes_children_and_text()
    {
        var root = TestDocuments.Tree("""<a xmlns="urn:one" xmlns:t="urn:two" k="1" t:k="2"><t:b> x &amp; &#65; </t:b><b xmlns=""/></a>""");

        Assert.Equal(("urn:one", "a"), (root.Namespace, root.Name));
        Assert.Equal([new("", "k", "1"), new("urn:two", "k", "2")], root.Attributes);
        Assert.Equal(["urn:two", ""], root.Children.Select(child => child.Namespace));
        Assert.Equal(" x & A ", root.Children[0].Text);
        Assert.Equal("x & A", root.ChildText("b"));
    }

    [Fact]
    public void White_space_between_children_is_dropped_and_white_space_alone_is_kept()
    {
        var root = TestDocuments.Tree("<a>\n <b/>\n <c> </c>\n</a>");

        Assert.Equal("", root.Text);
        Assert.Equal(" ", root.Child("c")!.Text);
    }

    [Fact]
    public void Text_in_several_pieces_is_one_text()
    {
        Assert.Equal("one two < three", TestDocuments.Tree("<a>one<!-- c --> two<![CDATA[ < ]]><?p?>three</a>").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("INVITE sip:bob@example.com SIP/2.0")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("<a/><b/>")]
    [InlineData("<a/>text")]
    [InlineData("<a k='1' k='2'/>")]
    [InlineData("<p:a/>")]
    [InlineData("<a>&unknown;</a>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<?xml version='1.0' encoding='no-such-encoding'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><a/>")]
    public void What_is_not_a_document_is_refused_with_an_error(string text)
    {
        Assert.False(DocumentElement.TryRead(TestDocuments.Utf8(text), out var root, out var error));
        Assert.Null(root);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Assert.False(DocumentElement.TryRead(new byte[] { (byte)'<', (byte)'a', (byte)'>', 0xC3, 0x28, (byte)'<', (byte)'/', (byte)'a', (byte)'>' }, out _, out _));
    }

    [Theory]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'><!ENTITY d '&c;&c;'>]><a>&d;</a>")]
    public void Document_type_declarations_are_refused(string text)
    {
        Assert.False(DocumentElement.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.Contains("document type declaration", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_says_line_and_column()
    {
        Assert.False(DocumentElement.TryRead(TestDocuments.Utf8("<a>\n  <b>\n</a>"), out _, out var error));
        Assert.Equal(3, error.Line);
        Assert.True(error.Column > 0);
    }

    [Fact]
    public void Bytes_up_to_the_limit_are_read_and_one_more_is_not()
    {
        var limits = new DocumentLimits { MaxBytes = 10 };
        AssertLimit("<a>" + new string('x', 3) + "</a>", limits, null);
        AssertLimit("<a>" + new string('x', 4) + "</a>", limits, nameof(DocumentLimits.MaxBytes));
    }

    [Fact]
    public void Depth_up_to_the_limit_is_read_and_one_more_is_not()
    {
        var limits = new DocumentLimits();
        AssertLimit(Nested(limits.MaxDepth), limits, null);
        AssertLimit(Nested(limits.MaxDepth + 1), limits, nameof(DocumentLimits.MaxDepth));
        AssertLimit(Nested(100_000), limits, nameof(DocumentLimits.MaxDepth));
    }

    [Fact]
    public void Elements_up_to_the_limit_are_read_and_one_more_is_not()
    {
        var limits = new DocumentLimits();
        AssertLimit("<a>" + Repeat("<b/>", limits.MaxElements - 1) + "</a>", limits, null);
        AssertLimit("<a>" + Repeat("<b/>", limits.MaxElements) + "</a>", limits, nameof(DocumentLimits.MaxElements));
    }

    [Fact]
    public void Attributes_up_to_the_limit_are_read_and_one_more_is_not()
    {
        var limits = new DocumentLimits();
        AssertLimit($"<a {Attributes(limits.MaxAttributes)}/>", limits, null);
        AssertLimit($"<a {Attributes(limits.MaxAttributes + 1)}/>", limits, nameof(DocumentLimits.MaxAttributes));
    }

    [Fact]
    public void Attribute_values_up_to_the_limit_are_read_and_one_more_character_is_not()
    {
        var limits = new DocumentLimits();
        AssertLimit($"<a k='{new string('x', limits.MaxTextLength)}'/>", limits, null);
        AssertLimit($"<a k='{new string('x', limits.MaxTextLength + 1)}'/>", limits, nameof(DocumentLimits.MaxTextLength));
    }

    [Fact]
    public void Text_up_to_the_limit_is_read_and_one_more_character_is_not_even_in_pieces()
    {
        var limits = new DocumentLimits();
        AssertLimit($"<a>{new string('x', limits.MaxTextLength)}</a>", limits, null);
        AssertLimit($"<a>{new string('x', limits.MaxTextLength)}<b/>x</a>", limits, nameof(DocumentLimits.MaxTextLength));
    }

    [Fact]
    public void A_document_cut_off_at_any_byte_is_refused_and_never_throws()
    {
        foreach (var name in TestDocuments.Names)
        {
            var whole = TestDocuments.Read(name).AsMemory();
            var end = whole.Span.LastIndexOf((byte)'>') + 1;
            for (var length = 0; length < end; length++)
            {
                Assert.False(DocumentElement.TryRead(whole[..length], out _, out var error), $"{name} cut at {length}");
                Assert.False(error.IsNone);
            }

            Assert.True(DocumentElement.TryRead(whole[..end], out _, out _));
        }
    }

    [Fact]
    public void Damaged_documents_never_throw_in_any_reader()
    {
        var random = new SeededRandomSource(1);
        foreach (var name in TestDocuments.Names)
        {
            var whole = TestDocuments.Read(name);
            for (var run = 0; run < 120; run++)
            {
                var damaged = (byte[])whole.Clone();
                for (var hits = 0; hits < 3; hits++)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                ReadWithEveryReader(damaged);
            }
        }
    }

    private static void ReadWithEveryReader(byte[] body)
    {
        if (C3pRequest.TryRead(body, out var request, out _))
        {
            Assert.NotEmpty(request.ToBytes());
        }

        if (C3pResponse.TryRead(body, out var response, out _))
        {
            Assert.NotEmpty(response.ToBytes());
        }

        if (ConferenceInfo.TryRead(body, out var info, out _))
        {
            Assert.NotEmpty(info.ToBytes());
            new ConferenceRoster().Merge(info);
        }

        PresenceReaders.ReadWithEvery(body);
        ConferencingInvitation.TryRead(body, out _, out _);
        ProvisioningRequest.TryRead(body, out _, out _);
        if (ProvisioningNotification.TryRead(body, out var notification, out _))
        {
            Assert.NotEmpty(notification.ToBytes());
        }
    }

    private static void AssertLimit(string text, DocumentLimits limits, string? broken)
    {
        var read = DocumentElement.TryRead(Encoding.UTF8.GetBytes(text), out _, out var error, limits);
        Assert.Equal(broken is null, read);
        Assert.Equal(broken, error.IsNone ? null : error.Rule);
    }

    private static string Nested(int depth) => Repeat("<a>", depth) + Repeat("</a>", depth);

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Attributes(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"k{i}='v'"));
}
