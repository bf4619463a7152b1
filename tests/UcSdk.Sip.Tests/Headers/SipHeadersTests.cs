using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class SipHeadersTests
{
    [Fact]
    public void Names_are_compared_without_case_and_compact_forms_mean_the_full_name()
    {
        Assert.Same(HeaderName.CallId, HeaderName.Of("i"));
        Assert.Same(HeaderName.CallId, HeaderName.Of("CALL-id"));
        Assert.Equal(HeaderName.Of("x-Own"), HeaderName.Of("X-OWN"));
        Assert.Throws<ArgumentException>(() => HeaderName.Of("no name"));
    }

    [Fact]
    public void Setting_replaces_all_fields_of_a_name_in_the_place_of_the_first()
    {
        var headers = new SipHeaders();
        headers.Add(HeaderName.Route, "<sip:a>");
        headers.Add(HeaderName.CallId, "1");
        headers.Add(HeaderName.Route, "<sip:b>, <sip:c>");
        Assert.Equal(["<sip:a>", "<sip:b>", "<sip:c>"], headers.GetList(HeaderName.Route));
        headers[HeaderName.Route] = "<sip:d>";
        Assert.Equal(["Route: <sip:d>", "Call-ID: 1"], headers.Select(header => header.ToString()));
        headers[HeaderName.Route] = null;
        Assert.Equal(1, headers.Count);
    }

    [Fact]
    public void The_first_value_is_taken_also_out_of_a_list()
    {
        var headers = new SipHeaders();
        headers.Add(HeaderName.Via, "SIP/2.0/TCP a;x=\"1,2\", SIP/2.0/TCP b");
        headers.Add(HeaderName.Via, "SIP/2.0/TCP c");
        Assert.True(headers.RemoveFirstValue(HeaderName.Via));
        Assert.Equal(["SIP/2.0/TCP b", "SIP/2.0/TCP c"], headers.GetAll(HeaderName.Via));
        Assert.True(headers.RemoveFirstValue(HeaderName.Via));
        Assert.True(headers.RemoveFirstValue(HeaderName.Via));
        Assert.False(headers.RemoveFirstValue(HeaderName.Via));
    }

    [Theory]
    [InlineData("a\r\nX: y")]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    public void A_value_makes_no_line_of_its_own(string value)
    {
        var headers = new SipHeaders();
        Assert.Throws<ArgumentException>(() => headers.Add(HeaderName.Subject, value));
        Assert.Throws<ArgumentException>(() => headers.AddFirst(HeaderName.Subject, value));
        Assert.Throws<ArgumentException>(() => headers[HeaderName.Subject] = value);
        headers.Add(HeaderName.Subject, "was");
        Assert.Throws<ArgumentException>(() => headers[HeaderName.Subject] = value);
        Assert.Throws<ArgumentException>(() => SipParameters.Empty.With("p", value));
        Assert.Throws<ArgumentException>(() => SipParameters.Empty.WithQuoted("p", value));
    }

    [Fact]
    public void A_copy_changes_alone()
    {
        var request = Corpus.ParseRequest("rfc4475/wsinv.dat");
        var copy = request.Clone();
        copy.Headers.Remove(HeaderName.Via);
        copy.Headers[HeaderName.CallId] = "other";
        Assert.Equal("wsinv.ndaksdj@192.0.2.1", request.CallId);
        Assert.NotNull(request.TopVia);
        Assert.Null(copy.TopVia);
    }

    [Fact]
    public void A_view_is_parsed_once_and_again_after_a_change()
    {
        var request = Corpus.ParseRequest("rfc4475/wsinv.dat");
        Assert.Same(request.From, request.From);
        request.Headers[HeaderName.From] = "<sip:new@example.test>;tag=2";
        Assert.Equal("2", request.From!.Tag);
    }

    // RFC 3261 §7.3.1: names in any case, values on several lines.
    [Fact]
    public void A_header_that_nobody_knows_is_found_read_and_written_as_it_came()
    {
        var message = Parse("X-Own : a,\r\n  b\r\nx-oWN:c\r\n");
        Assert.Equal(["a, b", "c"], message.Headers.GetAll(HeaderName.Of("X-OWN")));
        Assert.True(message.Headers.HasToken(HeaderName.Of("x-own"), "B"));
        Assert.Equal(["X-Own: a, b", "x-oWN: c"], message.Headers.Select(header => header.ToString()));
        Assert.Contains("X-Own: a,\r\n  b\r\nx-oWN: c\r\n", Encoding.UTF8.GetString(message.ToBytes()), StringComparison.Ordinal);
        Assert.True(message.Headers.Remove(HeaderName.Of("X-own")));
        Assert.Equal(0, message.Headers.Count);
    }

    [Fact]
    public void A_folded_value_is_read_as_one_line()
    {
        var message = Parse("From: \"A\r\n B\"\r\n\t<sip:a@x>;\r\n tag=1\r\n");
        Assert.Equal(("A B", "sip:a@x", "1"), (message.From!.DisplayName, message.From.Uri.Text, message.From.Tag));
        Assert.Equal("\"A B\" <sip:a@x>; tag=1", message.Headers[HeaderName.From]);
    }

    [Fact]
    public void The_view_of_a_list_is_its_first_value()
    {
        var message = Parse("Contact: \"a, b\" <sip:a@x;p=1>;q=\"0,1\" , <sip:b@y>\r\nVia: SIP/2.0/UDP a;branch=1,SIP/2.0/TCP b\r\nCSeq: 1 ACK, 2 BYE\r\n");
        Assert.Equal(("a, b", "0,1"), (message.Contact!.DisplayName, message.Contact.Parameters["q"]));
        Assert.Equal("\"a, b\" <sip:a@x;p=1>;q=\"0,1\"", message.Contact.ToString());
        Assert.Equal("SIP/2.0/UDP a;branch=1", message.TopVia!.ToString());
        Assert.Equal("1 ACK", message.CSeq!.ToString());
    }

    [Fact]
    public void Fields_are_taken_over_from_the_same_message_and_from_another()
    {
        var source = Parse("Route: <sip:a>\r\nRoute: <sip:b>\r\nx: 1\r\n").Headers;
        source.Add(HeaderName.Route, "<sip:c>");
        foreach (var target in new[] { new SipHeaders(source.Bytes, 2), new SipHeaders(), Parse("Subject: other\r\n").Headers })
        {
            target.AddFrom(source, HeaderName.Route);
            Assert.Equal(["<sip:a>", "<sip:b>", "<sip:c>"], target.GetAll(HeaderName.Route));
        }
    }

    [Fact]
    public void What_cannot_be_read_as_a_value_keeps_its_text()
    {
        var message = Parse("From: <nobody\r\n");
        Assert.Null(message.From);
        Assert.Null(message.From);
        Assert.Equal("<nobody", message.Headers[HeaderName.From]);
        Assert.Null(message.From);
    }

    private static SipMessage Parse(string fields)
    {
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes($"SIP/2.0 200 OK\r\n{fields}\r\n"), SipLimits.Default, out var message, out _));
        return message!;
    }
}
