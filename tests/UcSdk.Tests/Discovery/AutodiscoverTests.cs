using System.Net;
using System.Text;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Tests.Discovery;

/// <summary>What Autodiscover services answer, good ones and hostile ones.</summary>
public sealed class AutodiscoverTests
{
    private const string Outer = "https://lyncdiscover.contoso.com/";
    private const string Plain = "http://lyncdiscover.contoso.com/";
    private const string Service = "https://web.contoso.com/Autodiscover/AutodiscoverService.svc/root";
    private const string Edge = """<AutodiscoverResponse AccessLocation="External"><User><SipClientInternalAccess fqdn="pool.contoso.com" port="5061"/><SipClientExternalAccess fqdn="sip.contoso.com" port="443"/></User></AutodiscoverResponse>""";
    private readonly DiscoveryWorld _world = new() { Options = new() { Order = [DiscoverySource.AutodiscoverExternal] } };

    private DiscoveryAttempt Attempt => _world.At(DiscoverySource.AutodiscoverExternal);

    [Fact]
    public void The_users_home_server_is_found_over_the_link_of_the_root()
    {
        _world.Web.Root(Outer, ("User", Service + "/user")).Document(Service + "/user", Edge);
        Assert.Equal(["AutodiscoverExternal tls://sip.contoso.com:443"], _world.Find());
        Assert.Equal([Outer + "?sipuri=sip:alice@contoso.com", Service + "/user"], _world.Web.Asked);
    }

    [Fact]
    public void Who_is_inside_gets_the_pool_first_and_the_edge_after_it()
    {
        _world.Web.Document(Outer, Edge.Replace("\"External\"", "\"Internal\"", StringComparison.Ordinal));
        Assert.Equal(["AutodiscoverExternal tls://pool.contoso.com:5061", "AutodiscoverExternal tls://sip.contoso.com:443"], _world.Find());
    }

    [Fact]
    public void The_published_answer_gives_the_edge_without_the_blank_in_its_name()
    {
        _world.Web.Document(Outer, """<AutodiscoverResponse AccessLocation="External"><User><SipClientInternalAccess fqdn=" pool01.contoso.com" port="443"/><SipClientExternalAccess fqdn="sip.contoso.com " port="443"/></User></AutodiscoverResponse>""");
        Assert.Equal(["AutodiscoverExternal tls://sip.contoso.com:443"], _world.Find());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, null)]
    [InlineData(HttpStatusCode.InternalServerError, "X-MS-WebTicketURL")]
    public void Where_the_home_server_wants_a_ticket_the_domains_server_is_taken(HttpStatusCode status, string? header)
    {
        _world.Web.Root(Outer, ("Domain", Service + "/domain"), ("User", Service + "/user")).Status(Service + "/user", status, header)
            .Document(Service + "/domain", Edge.Replace("User>", "Domain>", StringComparison.Ordinal));
        Assert.Equal(["AutodiscoverExternal tls://sip.contoso.com:443"], _world.Find());
        Assert.Equal([Service + "/user", Service + "/domain"], _world.Web.Asked.Skip(1));
    }

    [Fact]
    public void Where_only_a_ticket_would_help_the_outcome_says_so_and_the_dns_is_asked()
    {
        _world.Options = new();
        _world.Web.Root(Outer, ("User", Service + "/user"), ("Domain", Service + "/domain")).Status(Service + "/user", HttpStatusCode.Unauthorized)
            .Document(Service + "/domain", "<AutodiscoverResponse><Domain/></AutodiscoverResponse>");
        _world.Dns.Srv("_sip._tls.contoso.com", 0, 443, "edge.contoso.com");
        Assert.Equal(["ServiceTls tls://edge.contoso.com:443"], _world.Find());
        Assert.Equal((DiscoveryOutcome.NeedsWebTicket, "web.contoso.com wants a web ticket for the user's home server"), (Attempt.Outcome, Attempt.Detail));
    }

    [Fact]
    public void The_json_of_the_web_api_is_followed_too()
    {
        _world.Web.Document(Outer, $$$"""{"_links":{"redirect":{"href":"{{{Service}}}"} } }""", "application/json; charset=utf-8")
            .Document(Service, $$$"""{"_links":{"user":{"href":"{{{Service}}}/user"} } }""", ContentTypes.AutodiscoverJson)
            .Status(Service + "/user", HttpStatusCode.Unauthorized);
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.NeedsWebTicket, Attempt.Outcome);
        Assert.Equal(Service + "?sipuri=sip:alice@contoso.com", _world.Web.Asked[1]);
    }

    [Fact]
    public void Redirects_of_documents_and_of_http_are_followed_and_the_parameter_stays()
    {
        _world.Web.Moved(Outer, "/other").Root(Outer + "other", ("Redirect", "https://elsewhere.example/root?sipuri=sip:a@b&amp;x=1"))
            .Document("https://elsewhere.example/root", Edge.Replace("sip.contoso.com", "sip.elsewhere.example", StringComparison.Ordinal));

        // Who proved to be lyncdiscover.contoso.com may send us where he likes.
        Assert.Equal(["AutodiscoverExternal tls://sip.elsewhere.example:443"], _world.Find());
        Assert.Equal([Outer + "other?sipuri=sip:alice@contoso.com", "https://elsewhere.example/root?sipuri=sip:a@b&x=1"], _world.Web.Asked.Skip(1));
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.SeeOther)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public void Every_kind_of_redirect_is_one(HttpStatusCode status)
    {
        _world.Web.Moved(Outer, Service, status).Document(Service, Edge);
        Assert.Single(_world.Find());
    }

    [Fact]
    public void As_many_redirects_as_are_allowed_are_followed_and_not_one_more()
    {
        for (var hop = 0; hop < 4; hop++)
        {
            _world.Web.Moved($"{Outer}{(hop == 0 ? "" : hop)}", $"{Outer}{hop + 1}");
        }

        _world.Web.Document(Outer + "4", Edge);
        _world.Options = _world.Options with { MaxRedirects = 4 };
        Assert.Single(_world.Find());
        _world.Options = _world.Options with { MaxRedirects = 3 };
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, "more than 3 redirects (MaxRedirects)"), (Attempt.Outcome, Attempt.Detail));
    }

    [Fact]
    public void Redirects_in_a_circle_end()
    {
        _world.Web.Moved(Outer, Service).Root(Service, ("Redirect", Outer));
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, $"the redirects go round in circles at {Outer}"), (Attempt.Outcome, Attempt.Detail));
        Assert.Equal(2, _world.Web.Asked.Count);
    }

    [Theory]
    [InlineData("http://web.contoso.com/root", "the answer leads from HTTPS to http")]
    [InlineData("file:///etc/passwd", "the answer leads from HTTPS to file")]
    [InlineData("https://alice:secret@web.contoso.com/root", "a link of the answer has credentials in it")]
    [InlineData("https://[", "a link of the answer is no URL")]
    [InlineData(null, "lyncdiscover.contoso.com redirects to nowhere")]
    public void A_redirect_to_where_nothing_is_proved_is_refused(string? location, string why)
    {
        if (location == "https://[")
        {
            _world.Web.Root(Outer, ("Redirect", location));
        }
        else
        {
            _world.Web.Moved(Outer, location);
        }

        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, why), (Attempt.Outcome, Attempt.Detail));
        Assert.Single(_world.Web.Asked);
    }

    [Fact]
    public void Without_https_plain_http_may_say_where_to_go_inside_of_the_domain()
    {
        _world.Web.Broken(Outer, HttpRequestError.SecureConnectionError).Root(Plain, ("Redirect", Service)).Document(Service, Edge);
        Assert.Equal(["AutodiscoverExternal tls://sip.contoso.com:443"], _world.Find());
        Assert.Equal([$"AutodiscoverExternal {Outer}: Failed", $"AutodiscoverExternal {Plain}: Found"], _world.Lines);
    }

    [Fact]
    public void Outside_of_it_only_into_trusted_domains()
    {
        _world.Web.Broken(Outer, HttpRequestError.ConnectionError).Moved(Plain, "https://webdir.online.lync.com/root")
            .Document("https://webdir.online.lync.com/root", Edge.Replace("sip.contoso.com", "sipdir.online.lync.com", StringComparison.Ordinal));
        Assert.Empty(_world.Find());
        Assert.Equal(
            (DiscoveryOutcome.Refused, "reached over plain HTTP, webdir.online.lync.com is outside of contoso.com and of the trusted server domains"), (Attempt.Outcome, Attempt.Detail));

        _world.Options = _world.Options with { TrustedServerDomains = ["online.lync.com"] };
        Assert.Equal(["AutodiscoverExternal tls://sipdir.online.lync.com:443"], _world.Find());
    }

    [Fact]
    public void A_document_over_plain_http_is_not_believed()
    {
        _world.Web.Broken(Outer, HttpRequestError.ConnectionError).Document(Plain, Edge);
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, "plain HTTP may only redirect to HTTPS"), (Attempt.Outcome, Attempt.Detail));
    }

    [Fact]
    public void Nor_are_its_links()
    {
        _world.Web.Broken(Outer, HttpRequestError.ConnectionError).Root(Plain, ("User", Service + "/user")).Document(Service + "/user", Edge);
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.Refused, Attempt.Outcome);
    }

    [Fact]
    public void Plain_http_is_not_asked_where_https_has_answered()
    {
        _world.Web.Status(Outer, HttpStatusCode.InternalServerError).Document(Plain, Edge);
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Failed, "lyncdiscover.contoso.com answers 500"), (Attempt.Outcome, Attempt.Detail));
        Assert.Single(_world.Web.Asked);
    }

    [Fact]
    public void A_link_that_cannot_be_reached_does_not_lead_to_plain_http()
    {
        _world.Web.Root(Outer, ("User", Service + "/user")).Broken(Service + "/user", HttpRequestError.ConnectionError).Document(Plain, Edge);
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.Failed, Attempt.Outcome);
        Assert.DoesNotContain(_world.Web.Asked, url => url.StartsWith("http://", StringComparison.Ordinal));
    }

    [Fact]
    public void No_request_carries_credentials()
    {
        _world.Web.Root(Outer, ("User", Service + "/user")).Status(Service + "/user", HttpStatusCode.Unauthorized);
        _world.Find();
        Assert.Equal(["Accept: application/vnd.microsoft.rtc.autodiscover+xml; v=1", "User-Agent: UcSdk/0.1"], _world.Web.Headers.Distinct());
    }

    [Theory]
    [InlineData("<html>Please log in</html>", "text/html", "lyncdiscover.contoso.com answers with text/html")]
    [InlineData("<AutodiscoverResponse/>", ContentTypes.Autodiscover, "the document of lyncdiscover.contoso.com cannot be read: AutodiscoverResponse: expected one of Root, User and Domain ([MS-OCDISCWS] §2.2.4.1)")]
    [InlineData("""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><AutodiscoverResponse><Root>&b;</Root></AutodiscoverResponse>""", ContentTypes.Autodiscover, null)]
    public void What_is_no_answer_is_refused(string text, string type, string? why)
    {
        _world.Web.Document(Outer, text, type);
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.Refused, Attempt.Outcome);
        Assert.Equal(why ?? Attempt.Detail, Attempt.Detail);
    }

    [Fact]
    public void A_document_may_have_as_many_bytes_as_are_allowed_and_not_one_more_whatever_the_header_says()
    {
        var size = Encoding.UTF8.GetByteCount(Edge);
        var endless = new EndlessStream(Encoding.UTF8.GetBytes(Edge));
        _world.Web.On(Outer, _ => ScriptedWeb.Answer(new LyingContent(endless), ContentTypes.Autodiscover));
        _world.Options = _world.Options with { DocumentLimits = new() { MaxBytes = size } };
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, $"lyncdiscover.contoso.com answers with more than {size} bytes"), (Attempt.Outcome, Attempt.Detail));
        Assert.Equal(size + 1, endless.Given);

        _world.Web.Document(Outer, Edge);
        Assert.Single(_world.Find());
        _world.Options = _world.Options with { DocumentLimits = new() { MaxBytes = size - 1 } };
        Assert.Empty(_world.Find());
    }

    [Fact]
    public void A_body_that_breaks_off_is_a_failure()
    {
        _world.Web.On(Outer, _ => ScriptedWeb.Answer(new StreamContent(new BrokenStream()), ContentTypes.Autodiscover));
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Failed, "lyncdiscover.contoso.com: It broke off."), (Attempt.Outcome, Attempt.Detail));
    }

    [Fact]
    public void A_silent_service_takes_its_time_and_then_plain_http_is_asked()
    {
        _world.Web.Silent(Outer).Moved(Plain, Service).Document(Service, Edge);
        Assert.Single(_world.Find());
        Assert.Equal((DiscoveryOutcome.TimedOut, TimeSpan.FromSeconds(5)), (_world.Attempts[0].Outcome, _world.Attempts[0].Took));
    }

    [Fact]
    public void A_handler_that_follows_redirects_by_itself_is_found_out()
    {
        _world.Web.On(Outer, _ =>
        {
            var response = ScriptedWeb.Answer(Edge, ContentTypes.Autodiscover);
            response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://evil.example/");
            return response;
        });
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.Refused, "the HTTP handler went to evil.example by itself"), (Attempt.Outcome, Attempt.Detail));
    }

    [Theory]
    [InlineData("sip.contoso.com:5061")]
    [InlineData("sip contoso com")]
    [InlineData("sip.contoso.com/..")]
    public void A_host_that_is_none_is_passed_over(string fqdn)
    {
        _world.Web.Document(Outer, Edge.Replace("sip.contoso.com", fqdn, StringComparison.Ordinal));
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.NotFound, Attempt.Outcome);
    }

    [Fact]
    public void A_users_name_cannot_leave_its_parameter()
    {
        _world.Find(user: SipUri.Parse("sip:a&b=c%23+d;e@contoso.com"));
        Assert.Equal([Outer + "?sipuri=sip:a%26b%3Dc%2523%2Bd%3Be@contoso.com"], _world.Web.Asked);
    }

    private sealed class LyingContent(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 10;
            return true;
        }
    }

    private sealed class EndlessStream(byte[] beginning) : MemoryStream(beginning)
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(buffer.Span);
            buffer.Span[read..].Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("It broke off.");
    }
}
