using System.Net;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Web.Tests;

/// <summary>What the services answer to whoever asks: who gets a ticket, and what it is good for.</summary>
public sealed class WebTicketServiceTests : IDisposable
{
    private const string TicketUrl = WebWorld.Base + "/WebTicket/WebTicketService.svc/Auth";
    private const string ServiceUrl = WebWorld.Base + "/groupexpansion/service.svc/WebTicket_Bearer";

    private WebWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_ticket_is_for_the_user_who_has_proven_it_whatever_it_is_called() => _world.Run(async () =>
    {
        foreach (var name in new[] { "alice", "alice@contoso.test", @"CONTOSO\alice" })
        {
            using var connection = _world.Connect();
            var (status, answer) = await LogOnAsync(connection, name, WebWorld.Password, new WebTicketRequest(ServiceUrl) { Context = "c", UserUri = "sip:ALICE@contoso.test", Entropy = [1, 2] });
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(WebTicketResponse.TryRead(answer, out var response, out var error), error.ToString());
            Assert.Equal(("c", ServiceUrl, 32), (response.Context, response.ServiceUrl, response.Entropy.Count));
            Assert.Equal(TimeSpan.FromHours(8), response.Ticket.Expires - response.Ticket.Created);
            Assert.Equal(HttpStatusCode.OK, (await SearchAsync(connection, response.Ticket)).Status);
            Assert.Contains("sip:alice@contoso.test", response.Ticket.Assertion, StringComparison.Ordinal);
            Assert.DoesNotContain("alice", response.Ticket.ToString() + response, StringComparison.Ordinal);
        }
    });

    [Theory]
    [InlineData("alice", "looking-glass")]
    [InlineData("nobody", WebWorld.Password)]
    public void Who_proves_nothing_gets_no_ticket_and_learns_nothing(string name, string password) => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var (status, answer) = await LogOnAsync(connection, name, password, new WebTicketRequest(ServiceUrl) { UserUri = $"sip:{name}@contoso.test" });
        Assert.Equal((HttpStatusCode.Unauthorized, 0), (status, answer.Length));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(connection, TicketUrl, "<no"u8.ToArray())).Status);
    });

    [Fact]
    public void Nobody_gets_a_ticket_for_somebody_else() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var (status, _) = await LogOnAsync(connection, "alice", WebWorld.Password, new WebTicketRequest(ServiceUrl) { UserUri = "sip:bob@contoso.test" });
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("28000", (await PostAsync(connection, TicketUrl, new WebTicketRequest(ServiceUrl) { UserUri = "sip:zoe@contoso.test" }.ToBytes())).Diagnostics, StringComparison.Ordinal);
    });

    [Fact]
    public void A_disabled_user_gets_no_ticket_and_the_old_one_is_worth_nothing() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var ticket = await TicketAsync(connection);
        await _world.Server.DisableUserAsync("alice");
        Assert.Equal(WebServiceErrors.UserNotEnabled, (await SearchAsync(connection, ticket)).Error);
        var refused = await PostAsync(connection, TicketUrl, new WebTicketRequest(ServiceUrl) { UserUri = "sip:alice@contoso.test" }.ToBytes());
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("28000;source=\"sip.contoso.test\";reason=\"User is not SIP enabled.\";faultcode=\"wsse:FailedAuthentication\"", refused.Diagnostics);
    });

    [Fact]
    public void A_ticket_is_for_one_service() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var other = await TicketAsync(connection, WebWorld.Base + "/Autodiscover/AutodiscoverService.svc/root/user");
        Assert.Equal(WebServiceErrors.WrongAudience, (await SearchAsync(connection, other)).Error);
        var (status, answer) = await LogOnAsync(connection, "alice", WebWorld.Password, new WebTicketRequest("https://elsewhere.example/") { UserUri = "sip:alice@contoso.test" });
        Assert.Equal((HttpStatusCode.InternalServerError, WebServiceErrors.WrongAudience), (status, ErrorOf(answer)));
    });

    [Fact]
    public void A_ticket_is_good_until_it_expires_to_the_millisecond() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var ticket = await TicketAsync(connection);
        await _world.DelayAsync(TimeSpan.FromHours(8) - TimeSpan.FromMilliseconds(2));
        Assert.Equal(HttpStatusCode.OK, (await SearchAsync(connection, ticket)).Status);
        await _world.DelayAsync(TimeSpan.FromMilliseconds(2));
        Assert.Equal(WebServiceErrors.TicketExpired, (await SearchAsync(connection, ticket)).Error);
    });

    [Fact]
    public void A_ticket_that_was_changed_or_is_none_is_worth_nothing() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var ticket = await TicketAsync(connection);
        Assert.Equal(WebServiceErrors.NoTicket, (await SearchAsync(connection, null)).Error);
        Assert.Equal(WebServiceErrors.TicketInvalid, (await SearchAsync(connection, ticket with { Assertion = ticket.Assertion.Replace("alice", "bob", StringComparison.Ordinal) })).Error);
        Assert.Equal(
            WebServiceErrors.TicketInvalid,
            (await SearchAsync(connection, ticket with { Assertion = ticket.Assertion.Replace("NotOnOrAfter=\"20", "NotOnOrAfter=\"21", StringComparison.Ordinal) })).Error);
        Assert.Equal(
            WebServiceErrors.TicketInvalid,
            (await SearchAsync(connection, ticket with { Assertion = "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\"/>" })).Error);

        // White space that a client's writer has added between elements is none of the ticket's.
        Assert.Equal(HttpStatusCode.OK, (await SearchAsync(connection, ticket with { Assertion = ticket.Assertion.Replace("><", ">\n<", StringComparison.Ordinal) })).Status);
    });

    [Fact]
    public void A_ticket_of_services_that_have_started_anew_is_worth_nothing() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var ticket = await TicketAsync(connection);
        await _world.Services.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SearchAsync(connection, ticket)).Status);
        var again = new UcWebServices(_world.Server);
        await again.StartAsync(new(WebWorld.Base));
        using var other = new HttpMessageInvoker(again.CreateHandler());
        Assert.Equal(WebServiceErrors.TicketInvalid, (await SearchAsync(other, ticket)).Error);
        await again.DisposeAsync();
    });

    [Fact]
    public void What_was_proven_is_proven_for_that_connection_and_for_a_while() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        await TicketAsync(connection);
        var request = new WebTicketRequest(ServiceUrl) { UserUri = "sip:alice@contoso.test" }.ToBytes();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(connection, TicketUrl, request)).Status);
        using (var other = _world.Connect())
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(other, TicketUrl, request)).Status);
        }

        await _world.DelayAsync(NtlmConnections.ProvenLifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(connection, TicketUrl, request)).Status);
        await _world.DelayAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(connection, TicketUrl, request)).Status);
        Assert.Equal(0, _world.Services.Core.Connections);
    });

    [Fact]
    public void The_oldest_connection_makes_room_and_a_closed_one_is_forgotten()
    {
        _world.Dispose();
        _world = new(web: new() { MaxConnections = 1 });
        _world.Run(async () =>
        {
            var request = new WebTicketRequest(ServiceUrl) { UserUri = "sip:alice@contoso.test" }.ToBytes();
            using var first = _world.Connect();
            await TicketAsync(first);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(first, TicketUrl, request)).Status);
            using (var second = _world.Connect())
            {
                await TicketAsync(second);
                Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(first, TicketUrl, request)).Status);
                Assert.Equal(1, _world.Services.Core.Connections);
            }

            await _world.DelayAsync(TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, _world.Services.Core.Connections);
        });
    }

    [Fact]
    public void Wrong_passwords_count_with_those_of_SIP_and_then_the_right_one_is_refused_too()
    {
        _world.Dispose();
        _world = new(options => options with { Authentication = new() { Guessing = new() { FailuresPerUser = 2 } } });
        _world.Run(async () =>
        {
            using var connection = _world.Connect();
            var request = new WebTicketRequest(ServiceUrl) { UserUri = "sip:alice@contoso.test" };
            Assert.Equal(HttpStatusCode.Unauthorized, (await LogOnAsync(connection, "alice", "one", request)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await LogOnAsync(connection, "alice", "two", request)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await LogOnAsync(connection, "alice", WebWorld.Password, request)).Status);
            await Assert.ThrowsAsync<RegisterException>(() => _world.SignInAsync());
            await _world.DelayAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(HttpStatusCode.OK, (await LogOnAsync(connection, "alice", WebWorld.Password, request)).Status);
        });
    }

    [Theory]
    [InlineData("Basic YWxpY2U6d29uZGVybGFuZA==")]
    [InlineData("NTLM")]
    [InlineData("NTLM !!!")]
    [InlineData("NTLM AAAA")]
    [InlineData("NTLM TlRMTVNTUAADAAAA")] // an answer to no challenge
    public void Other_credentials_are_challenged(string authorization) => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var answer = await PostAsync(connection, TicketUrl, new WebTicketRequest(ServiceUrl) { UserUri = "sip:alice@contoso.test" }.ToBytes(), authorization);
        Assert.Equal((HttpStatusCode.Unauthorized, "NTLM"), (answer.Status, answer.Challenge));
    });

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("GET", "/WEBTICKET/webticketservice.svc/MEX", HttpStatusCode.OK)]
    [InlineData("GET", "/groupexpansion/service.svc", HttpStatusCode.NotFound)]
    [InlineData("POST", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/groupexpansion/service.svc/WebTicket_Bearer", HttpStatusCode.InternalServerError)]
    public void What_is_not_there_is_refused(string method, string path, HttpStatusCode status) => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        using var response = await connection.SendAsync(new(new(method), WebWorld.Base + path) { Content = new StringContent("<x/>") }, default);
        Assert.Equal(status, response.StatusCode);
    });

    [Theory]
    [InlineData(2048, HttpStatusCode.InternalServerError)] // too long for nobody, and no request
    [InlineData(2049, HttpStatusCode.RequestEntityTooLarge)]
    public void A_body_as_long_as_the_limit_is_read_and_one_byte_more_is_not(int length, HttpStatusCode status)
    {
        _world.Dispose();
        _world = new(web: new() { MaxBodyBytes = 2048 });
        _world.Run(async () =>
        {
            using var connection = _world.Connect();
            Assert.Equal(status, (await PostAsync(connection, ServiceUrl, new byte[length])).Status);
        });
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (var wrong in new UcWebOptions[]
        {
            new() { TicketLifetime = TimeSpan.FromMilliseconds(999) }, new() { TicketLifetime = TimeSpan.FromHours(25) }, new() { MaxBodyBytes = 1023 }, new() { MaxGroupMembers = 0 },
            new() { MaxConnections = 0 },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => new UcWebServices(_world.Server, wrong));
        }

        foreach (var wrong in new UcWebServerOptions[]
        {
            new() { Listen = new("https://127.0.0.1:0") }, new() { Listen = new("http://10.0.0.1:80") }, new() { Listen = new("http://sip.contoso.test:80") }, new() { Listen = new("ftp://127.0.0.1/") },
            new() { PublicHost = "a b" },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => new UcWebServer(_world.Server, wrong));
        }
    }

    [Fact]
    public void Autodiscover_names_the_resources_to_anybody_and_the_users_server_to_who_has_a_ticket() => _world.Run(async () =>
    {
        using var connection = _world.Connect();
        var root = await GetAsync(connection, WebWorld.Base + "/?sipuri=sip:alice@contoso.test", null);
        Assert.True(AutodiscoverResponse.TryRead(root.Body, out var document, out _));
        Assert.Equal("Internal", document.AccessLocation);
        var user = document.Resource.Href(AutodiscoverTokens.User)!;
        var refused = await GetAsync(connection, user, null);
        Assert.Equal((HttpStatusCode.Unauthorized, WebWorld.Base + "/WebTicket/WebTicketService.svc"), (refused.Status, refused.TicketUrl));
        var answer = await GetAsync(connection, user, await TicketAsync(connection, user));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(AutodiscoverResponse.TryRead(answer.Body, out document, out _));
        Assert.Equal(AutodiscoverResourceKind.User, document.Resource.Kind);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(connection, user, await TicketAsync(connection))).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(connection, WebWorld.Base + "/Autodiscover/AutodiscoverService.svc/root/domain", null)).Status);
    });

    private static uint ErrorOf(byte[] body) => SoapFault.TryRead(body, out var fault, out _) && WebServiceDiagnostics.Of(fault) is { } diagnostics ? diagnostics.ErrorId : 0;

    private static async Task<WebTicket> TicketAsync(HttpMessageInvoker connection, string service = ServiceUrl)
    {
        var (status, answer) = await LogOnAsync(connection, "alice", WebWorld.Password, new WebTicketRequest(service) { UserUri = "sip:alice@contoso.test" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(WebTicketResponse.TryRead(answer, out var response, out _));
        return response.Ticket;
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> LogOnAsync(HttpMessageInvoker connection, string name, string password, WebTicketRequest request)
    {
        using var secret = new SipPassword(password);
        using var context = new NtlmClientContext(new(name, secret), new SeededRandomSource(3), () => DateTimeOffset.UnixEpoch, NtlmPolicy.Connection);
        var first = await PostAsync(connection, TicketUrl, request.ToBytes(), "NTLM " + Convert.ToBase64String(context.Advance(default).Token!));
        Assert.Equal(HttpStatusCode.Unauthorized, first.Status);
        var step = context.Advance(Convert.FromBase64String(first.Challenge!["NTLM ".Length..]));
        var second = await PostAsync(connection, TicketUrl, request.ToBytes(), "NTLM " + Convert.ToBase64String(step.Token!));
        return (second.Status, second.Body);
    }

    private static async Task<(HttpStatusCode Status, uint Error)> SearchAsync(HttpMessageInvoker connection, WebTicket? ticket)
    {
        var request = new SearchAbEntryRequest(new AddressBookBasicSearch(["displayName"], "b"));
        var answer = await PostAsync(connection, ServiceUrl, request.ToBytes(new WebServiceHeader { To = ServiceUrl, Action = SearchAbEntryRequest.SoapAction, Ticket = ticket }));
        return (answer.Status, ErrorOf(answer.Body));
    }

    private static async Task<(HttpStatusCode Status, byte[] Body, string? Challenge, string? Diagnostics)> PostAsync(HttpMessageInvoker connection, string url, byte[] body, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await connection.SendAsync(request, default);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers.WwwAuthenticate.FirstOrDefault()?.ToString(), Field(response, "X-Ms-diagnostics"));
    }

    private static async Task<(HttpStatusCode Status, byte[] Body, string? TicketUrl)> GetAsync(HttpMessageInvoker connection, string url, WebTicket? ticket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (ticket is not null)
        {
            request.Headers.TryAddWithoutValidation(WebTicket.HeaderName, ticket.ToHeaderValue());
        }

        using var response = await connection.SendAsync(request, default);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(), Field(response, "X-MS-WebTicketURL"));
    }

    private static string? Field(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
