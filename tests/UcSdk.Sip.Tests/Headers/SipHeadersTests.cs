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
}
