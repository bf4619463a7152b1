namespace UcSdk.Documents.Tests;

public sealed class AutodiscoverTests
{
    private const string Json =
        """
        {"_links":{"self":{"href":"https://web.contoso.com/Autodiscover/AutodiscoverService.svc/root?originalDomain=contoso.com"},
          "user":{"href":"https://web.contoso.com/Autodiscover/AutodiscoverService.svc/root/oauth/user?originalDomain=contoso.com"},
          "xframe":{"href":"https://web.contoso.com/Autodiscover/XFrame/XFrame.html"}}}
        """;

    [Fact]
    public void The_published_users_document_is_understood_blanks_and_all()
    {
        var bytes = TestDocuments.Read("lync2013-autodiscover-user.xml");
        Assert.True(AutodiscoverResponse.TryRead(bytes, out var response, out var error), error.ToString());

        Assert.Equal(("External", AutodiscoverResourceKind.User), (response.AccessLocation, response.Resource.Kind));
        Assert.Equal(new SipAccess("pool01.contoso.com", 443), response.Resource.SipClientInternalAccess);
        Assert.Equal(new SipAccess("sip.contoso.com", 443), response.Resource.SipClientExternalAccess);
        Assert.Equal(new SipAccess("sip.contoso.com", 5061), response.Resource.SipServerExternalAccess);
        Assert.Equal(15, response.Resource.Links.Count);
        Assert.Equal("https://webexternal.contoso.com/ucwa/v1/applications", response.Resource.Href(AutodiscoverTokens.Ucwa));
        Assert.Null(response.Resource.Href(AutodiscoverTokens.Redirect));
    }

    [Fact]
    public void What_is_read_can_be_written_and_read_again()
    {
        Assert.True(AutodiscoverResponse.TryRead(TestDocuments.Read("lync2013-autodiscover-user.xml"), out var response, out _));
        Assert.True(AutodiscoverResponse.TryRead(response.ToBytes(), out var again, out var error), error.ToString());
        Assert.Equal(response, again);
    }

    [Fact]
    public void A_root_is_written_as_servers_write_it()
    {
        var resource = new AutodiscoverResource(AutodiscoverResourceKind.Root, [new(AutodiscoverTokens.Redirect, "https://a.contoso.com/?x=1&y=2")]);
        var root = new AutodiscoverResponse(resource) { AccessLocation = "Internal" };
        Assert.Equal(
            """<AutodiscoverResponse AccessLocation="Internal"><Root><Link token="Redirect" href="https://a.contoso.com/?x=1&amp;y=2"/></Root></AutodiscoverResponse>""",
            TestDocuments.Text(root.ToBytes()));
    }

    [Fact]
    public void What_is_not_known_survives()
    {
        const string Text =
            """<AutodiscoverResponse AccessLocation="External" x="1"><Domain y="2"><SipClientExternalAccess fqdn="sip.contoso.com" port="443" z="3"/><Link token="Self" href="https://a/" w="4"/><Link token="NoHref"/><Newer><Inner/></Newer></Domain><More/></AutodiscoverResponse>""";
        Assert.True(AutodiscoverResponse.TryRead(TestDocuments.Utf8(Text), out var response, out _));
        Assert.Equal(Text.Replace(" x=\"1\"", "", StringComparison.Ordinal), TestDocuments.Text(response.ToBytes()).Replace(" x=\"1\"", "", StringComparison.Ordinal));
        Assert.Equal(AutodiscoverResourceKind.Domain, response.Resource.Kind);
    }

    [Theory]
    [InlineData("""fqdn="" port="5061" """, null, null)]
    [InlineData("""port="5061" """, null, null)]
    [InlineData("""fqdn="sip.contoso.com" port="" """, "sip.contoso.com", null)]
    [InlineData("""fqdn="sip.contoso.com" port="0" """, "sip.contoso.com", null)]
    [InlineData("""fqdn="sip.contoso.com" port="65535" """, "sip.contoso.com", 65535)]
    [InlineData("""fqdn="sip.contoso.com" port="65536" """, "sip.contoso.com", null)]
    [InlineData("""fqdn="sip.contoso.com" port="-1" """, "sip.contoso.com", null)]
    [InlineData("""fqdn="sip.contoso.com" port="http" """, "sip.contoso.com", null)]
    public void Access_without_a_host_is_none_and_what_is_no_port_is_none(string attributes, string? host, int? port)
    {
        Assert.True(AutodiscoverResponse.TryRead(
            TestDocuments.Utf8($"<AutodiscoverResponse><User><SipClientExternalAccess {attributes}/></User></AutodiscoverResponse>"), out var response, out _));
        var access = response.Resource.SipClientExternalAccess;
        Assert.Equal((host, port), (access?.Fqdn, access?.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<AutodiscoverResponse/>")]
    [InlineData("<AutodiscoverResponse><Other/></AutodiscoverResponse>")]
    [InlineData("<Autodiscover><Root/></Autodiscover>")]
    [InlineData("<html><body>Please log in</body></html>")]
    [InlineData("""<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><AutodiscoverResponse><Root><Link token="User" href="&e;"/></Root></AutodiscoverResponse>""")]
    [InlineData("""<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd"><AutodiscoverResponse><Root/></AutodiscoverResponse>""")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"_links":[]}""")]
    [InlineData("""{"_links":{"user":{"href":"https://a/"}}""")]
    [InlineData("""{"_links":{"user":{"href":"\ud800"}}}""")]
    [InlineData("""{"_links":{}} {}""")]
    public void What_is_no_answer_is_refused(string text)
    {
        Assert.False(AutodiscoverResponse.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.False(error.IsNone);
    }

    [Fact]
    public void The_links_of_the_web_api_are_read_from_json()
    {
        Assert.True(AutodiscoverResponse.TryRead(TestDocuments.Utf8(Json), out var response, out var error), error.ToString());
        Assert.Equal((AutodiscoverResourceKind.Root, 3), (response.Resource.Kind, response.Resource.Links.Count));
        Assert.Equal("https://web.contoso.com/Autodiscover/AutodiscoverService.svc/root/oauth/user?originalDomain=contoso.com", response.Resource.Href(AutodiscoverTokens.User));
    }

    [Fact]
    public void Json_with_applications_is_the_users_and_what_is_odd_in_it_is_passed_over()
    {
        const string Text = """ {"a":[1,{"_links":{}}],"_links":{"applications":{"title":"x","href":" https://a/ "},"b":3,"c":{"href":4},"d":{"href":[{}]}},"_links":{"redirect":{"href":"https://evil/"}}} """;
        Assert.True(AutodiscoverResponse.TryRead(TestDocuments.Utf8(Text), out var response, out var error), error.ToString());
        Assert.Equal(AutodiscoverResourceKind.User, response.Resource.Kind);
        Assert.Equal([new AutodiscoverLink("applications", "https://a/")], response.Resource.Links);
    }

    [Fact]
    public void Limits_hold_for_both_forms_to_the_byte_and_one_past_it()
    {
        var xml = """<AutodiscoverResponse><Root><Link token="User" href="https://a/"/></Root></AutodiscoverResponse>""";
        var json = """{"_links":{"user":{"href":"https://a/"},"self":{"href":"https://b/"}}}""";
        foreach (var text in (string[])[xml, json])
        {
            var bytes = TestDocuments.Utf8(text);
            Assert.True(AutodiscoverResponse.TryRead(bytes, out _, out _, new() { MaxBytes = bytes.Length }));
            Assert.False(AutodiscoverResponse.TryRead(bytes, out _, out var error, new() { MaxBytes = bytes.Length - 1 }));
            Assert.Equal("MaxBytes", error.Rule);
            Assert.True(AutodiscoverResponse.TryRead(bytes, out _, out _, new() { MaxTextLength = 10 }));
            Assert.False(AutodiscoverResponse.TryRead(bytes, out _, out error, new() { MaxTextLength = 9 }));
            Assert.Equal("MaxTextLength", error.Rule);
            Assert.True(AutodiscoverResponse.TryRead(bytes, out _, out _, new() { MaxDepth = 3 }));
            Assert.False(AutodiscoverResponse.TryRead(bytes, out _, out _, new() { MaxDepth = 2 }));
        }

        Assert.True(AutodiscoverResponse.TryRead(TestDocuments.Utf8(json), out _, out _, new() { MaxElements = 2 }));
        Assert.False(AutodiscoverResponse.TryRead(TestDocuments.Utf8(json), out _, out var many, new() { MaxElements = 1 }));
        Assert.Equal("MaxElements", many.Rule);
    }
}
