using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>Multipart bodies: RFC 2046 §5.1, RFC 5621.</summary>
public sealed class MultipartTests
{
    // RFC 2046 §5.1.1, the simple example: an implicitly typed part and one with a type, between a preamble and an epilogue.
    private const string Simple = """
        This is the preamble.  It is to be ignored, though it
        is a handy place for composition agents to include an
        explanatory note to non-MIME conformant readers.

        --simple boundary

        This is implicitly typed plain US-ASCII text.
        It does NOT end with a linebreak.
        --simple boundary
        Content-type: text/plain; charset=us-ascii

        This is explicitly typed plain US-ASCII text.
        It DOES end with a linebreak.

        --simple boundary--

        This is the epilogue.  It is also to be ignored.
        """;

    [Fact]
    public void The_message_of_RFC_4475_has_a_greeting_and_its_signature()
    {
        // RFC 4475 §3.1.1.11; the second part is binary and holds line ends that are none.
        Assert.True(SipMessage.TryParse(Corpus.Read("rfc4475/mpart01.dat"), SipLimits.Default, out var message, out _));
        Assert.True(MultipartBody.TryRead(message!, out var body, out var error), error.ToString());
        Assert.Equal(("mixed", "7a9cbec02ceef655", 2), (body.Type.Subtype, body.Type.Parameters["boundary"], body.Parts.Count));
        Assert.Equal(("text/plain", "Hello", "binary"), (body.Parts[0].Type!.Name, body.Parts[0].Text, body.Parts[0].Headers[HeaderName.Of("Content-Transfer-Encoding")]));
        Assert.Equal("application/octet-stream", body.Parts[1].Type!.Name);
        Assert.Equal([0x30, 0x82, 0x01, 0x52], body.Parts[1].Content.Span[..4].ToArray());
        // An outermost DER sequence of 0x152 bytes behind its four-byte head.
        Assert.Equal(4 + 0x152, body.Parts[1].Content.Length);
        Assert.Equal(message!.Body.ToArray(), body.ToBytes());
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void The_example_of_RFC_2046_is_read_with_either_line_end(string lineEnd)
    {
        var body = Read("multipart/mixed; boundary=\"simple boundary\"", Simple.ReplaceLineEndings(lineEnd));
        Assert.Equal($"This is implicitly typed plain US-ASCII text.{lineEnd}It does NOT end with a linebreak.", body.Parts[0].Text);
        Assert.Equal($"This is explicitly typed plain US-ASCII text.{lineEnd}It DOES end with a linebreak.{lineEnd}", body.Parts[1].Text);
        Assert.Equal(("text/plain", 0), (body.Parts[0].Type!.Name, body.Parts[0].Headers.Count));
        Assert.Equal("us-ascii", body.Parts[1].Type!.Parameters["charset"]);
    }

    [Theory]
    [InlineData("--b\r\n\r\n--b--", "")]
    [InlineData("--b\r\n\r\n\r\n--b--", "")]
    [InlineData("--b\r\n\r\nx\r\n--b--\r\n", "x")]
    [InlineData("--b \t\r\n\r\nx\r\n--b-- ", "x")]
    [InlineData("--b\r\n\r\n--bb\r\n--b x\r\n --b\r\n--b--", "--bb\r\n--b x\r\n --b")]
    [InlineData("--b\r\n\r\nx--b--\r\n--b--", "x--b--")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n--b--", "")]
    [InlineData("--b--\r\n--b\r\n\r\nx\r\n--b--", null)]
    [InlineData("--b\r\n\r\nx", null)]
    [InlineData("--b\r\n\r\nx\r\n--b", null)]
    [InlineData("nothing", null)]
    [InlineData("", null)]
    [InlineData("--b\r\nno colon\r\n\r\nx\r\n--b--", null)]
    [InlineData("--b\r\nno token: 1\r\n\r\nx\r\n--b--", null)]
    [InlineData("--b\r\n: 1\r\n\r\nx\r\n--b--", null)]
    public void Where_a_part_begins_and_ends(string text, string? content)
    {
        var isRead = MultipartBody.TryParse("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(text), out var body, out var error);
        Assert.Equal(content is not null, isRead);
        Assert.Equal(content is null, error != default);
        Assert.Equal(content, body?.Parts[0].Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain;boundary=b")]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/mixed;boundary=\"\"")]
    [InlineData("multipart/mixed;boundary=\"b \"")]
    [InlineData("multipart/mixed;boundary=\"é\"")]
    [InlineData("multipart;boundary=b")]
    [InlineData("multipart/mi xed;boundary=b")]
    public void A_type_without_a_boundary_is_no_multipart(string? type) =>
        Assert.False(MultipartBody.TryParse(type, "--b\r\n\r\nx\r\n--b--"u8.ToArray(), out _, out _));

    [Theory]
    [InlineData(70, true)]
    [InlineData(71, false)]
    public void A_boundary_has_seventy_characters_at_most(int length, bool valid)
    {
        var boundary = new string('b', length);
        Assert.Equal(valid, MultipartBody.TryParse($"multipart/mixed;boundary={boundary}", Encoding.UTF8.GetBytes($"--{boundary}\r\n\r\nx\r\n--{boundary}--"), out _, out _));
    }

    [Fact]
    public void The_headers_of_a_part_are_folded_repeated_and_in_any_case()
    {
        var part = Read("multipart/mixed;boundary=b", "--b\r\ncontent-TYPE :\r\n text/plain;\r\n\tcharset=utf-8\r\nX-Other: 1\r\nX-Other: 2\r\nContent-ID: <a@b>\r\n" +
            "Content-Disposition: Session; handling=optional\r\n\r\nx\r\n--b--").Parts[0];
        Assert.Equal("text/plain; charset=utf-8", part.Headers[HeaderName.ContentType]);
        Assert.Equal(["1", "2"], part.Headers.GetAll(HeaderName.Of("X-Other")));
        Assert.Equal(("a@b", "session", true), (part.ContentId, part.Disposition!.Kind, part.Disposition.IsOptional));
    }

    [Fact]
    public void Alternatives_within_a_mixed_body_give_the_best_and_related_parts_their_root()
    {
        var body = Read("multipart/mixed;boundary=o", """
            --o
            Content-Type: multipart/alternative;boundary=i

            --i
            Content-Type: application/sdp

            old
            --i
            Content-Type: application/sdp

            new
            --i--
            --o
            Content-Type: Image/PNG
            Content-ID: <picture@example.com>

            png
            --o--
            """);
        Assert.Equal("new", body.Find("application/SDP")!.Text);
        Assert.Equal("png", body.FindById("cid:picture@example.com")!.Text);
        Assert.Null(body.Find("text/html"));
        Assert.Equal("multipart/alternative", body.Root!.Type!.Name);
        var related = Read("multipart/related;start=\"<2>\";boundary=r", "--r\n\nfirst\n--r\nContent-ID: <2>\n\nroot\n--r--");
        Assert.Equal("root", related.Root!.Text);
    }

    [Theory]
    [InlineData("text/plain", "x/y", null)]
    [InlineData("x/y;handling=optional", "text/plain", null)]
    [InlineData("text/plain", "z/z", "z/z")]
    public void What_is_not_understood_and_not_optional_must_be_refused(string first, string second, string? unhandled)
    {
        // RFC 5621 §3.1: handling is required where the parameter is missing. x/y is understood.
        var optional = first.Contains(';') ? "Content-Disposition: render;handling=optional\r\n" : "";
        var text = $"--b\r\n{optional}Content-Type: {first.Split(';')[0].Replace("x/y", optional.Length > 0 ? "z/z" : "x/y")}\r\n\r\n1\r\n--b\r\nContent-Type: {second}\r\n\r\n2\r\n--b--";
        Assert.Equal(unhandled, Read("multipart/mixed;boundary=b", text).FindUnhandled(Understands)?.Type!.Name);
        // Of alternatives one is enough.
        Assert.Null(Read("multipart/alternative;boundary=b", text).FindUnhandled(Understands));
        Assert.Equal(first.StartsWith("text", StringComparison.Ordinal) ? null : unhandled, Read("multipart/related;boundary=b", text).FindUnhandled(Understands)?.Type!.Name);
        static bool Understands(string type) => type is "text/plain" or "x/y";
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, false)]
    public void Parts_have_a_limit(int limit, int parts, bool accepted)
    {
        var text = string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", parts)) + "--b--";
        Assert.Equal(accepted, MultipartBody.TryParse("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(text), out _, out var error, new() { MaxParts = limit }));
        Assert.Equal(accepted ? null : nameof(MultipartLimits.MaxParts), error.Rule);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Depth_has_a_limit(int limit, bool accepted)
    {
        var text = "--o\r\nContent-Type: multipart/mixed;boundary=i\r\n\r\n--i\r\n\r\nx\r\n--i--\r\n--o--";
        Assert.True(MultipartBody.TryParse("multipart/mixed;boundary=o", Encoding.UTF8.GetBytes(text), out var body, out _, new() { MaxDepth = limit }));
        Assert.Equal(accepted, body.Parts[0].TryReadMultipart(out _, out var error));
        Assert.Equal(accepted ? null : nameof(MultipartLimits.MaxDepth), error.Rule);
    }

    [Theory]
    [InlineData(16, 3, null)]
    [InlineData(15, 3, nameof(MultipartLimits.MaxPartHeaderBytes))]
    [InlineData(16, 2, nameof(MultipartLimits.MaxPartBytes))]
    public void Headers_and_content_have_limits(int headers, int content, string? exceeded)
    {
        var isRead = MultipartBody.TryParse(
            "multipart/mixed;boundary=b", "--b\r\nContent-ID: <1>\n\r\nabc\r\n--b--"u8.ToArray(), out _, out var error,
            new() { MaxPartHeaderBytes = headers, MaxPartBytes = content });
        Assert.Equal((exceeded is null, exceeded), (isRead, error.Rule));
    }

    [Fact]
    public void A_written_body_is_read_as_the_same_and_its_boundary_stands_in_none_of_its_parts()
    {
        var wire = PeerWire.Reliable();
        var parts = new[]
        {
            new BodyPart("application/sdp", "v=0\r\n"u8.ToArray()) { ContentId = "offer@self.test" },
            new BodyPart("", "\r\n--\r\n"u8.ToArray()),
            new BodyPart("text/plain", default),
        };
        var made = wire.Endpoint.CreateMultipart("mixed", parts);
        var request = Messages.Options(wire);
        request.SetBody(made);
        Assert.True(MultipartBody.TryRead(request, out var read, out var error), error.ToString());
        Assert.Equal(parts.Select(p => p.Text), read.Parts.Select(p => p.Text));
        Assert.Equal("offer@self.test", read.Parts[0].ContentId);
        Assert.Equal(("application/sdp", "text/plain"), (read.Parts[0].Type!.Name, read.Parts[1].Type!.Name));
        Assert.Equal(made.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void A_boundary_that_stands_in_a_part_is_thrown_away()
    {
        var first = MultipartWriter.Create("mixed", [new("text/plain", "x"u8.ToArray())], new SeededRandomSource(1)).Type.Parameters["boundary"]!;
        var other = MultipartWriter.Create("mixed", [new("text/plain", Encoding.ASCII.GetBytes("about " + first))], new SeededRandomSource(1));
        Assert.NotEqual(first, other.Type.Parameters["boundary"]);
        Assert.Equal("about " + first, Read(other.Type.ToString(), Encoding.ASCII.GetString(other.ToBytes())).Parts[0].Text);
    }

    [Fact]
    public void Reading_copies_no_content()
    {
        var bytes = Encoding.ASCII.GetBytes("--b\r\nContent-Type: text/plain\r\n\r\n" + new string('x', 100_000) + "\r\n--b--");
        MultipartBody.TryParse("multipart/mixed;boundary=b", bytes, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MultipartBody.TryParse("multipart/mixed;boundary=b", bytes, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2000);
    }

    private static MultipartBody Read(string type, string text)
    {
        Assert.True(MultipartBody.TryParse(type, Encoding.UTF8.GetBytes(text), out var body, out var error), error.ToString());
        return body;
    }
}
