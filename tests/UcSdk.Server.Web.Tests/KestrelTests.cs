using System.Net;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Web.Tests;

/// <summary>The services on real sockets: what only the edge can do wrong.</summary>
public sealed class KestrelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_expands_a_group_over_a_real_connection(bool isSecure)
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        using var password = new SipPassword(WebWorld.Password);
        await using var server = new UcServer(OptionsOf(password));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var web = new UcWebServer(server, new() { Listen = new(isSecure ? "https://127.0.0.1:0" : "http://127.0.0.1:0"), Certificate = certificate.Certificate });
        await web.StartAsync(TestContext.Current.CancellationToken);
        await using var client = new LyncClient(new() { Server = server.ListenAddresses[0], Password = password, Tls = new() { TrustedRoots = [certificate.Authority] } });
        await client.SignInAsync("sip:alice@contoso.test", TestContext.Current.CancellationToken);

        var groups = (await client.ContactManager.SearchAsync("sales", TestContext.Current.CancellationToken)).Groups;
        var sales = Assert.IsType<DistributionGroup>(Assert.Single(groups));
        await sales.ExpandAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["sip:bob@contoso.test"], sales.Contacts.Select(contact => contact.Uri));
        await client.SignOutAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_trusts_another_authority_searches_by_SIP_and_expands_nothing()
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        using var other = DevelopmentCertificate.Create("contoso.test");
        using var password = new SipPassword(WebWorld.Password);
        await using var server = new UcServer(OptionsOf(password));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var web = new UcWebServer(server, new() { Listen = new("https://127.0.0.1:0"), Certificate = certificate.Certificate });
        await web.StartAsync(TestContext.Current.CancellationToken);
        await using var client = new LyncClient(new() { Server = server.ListenAddresses[0], Password = password, Tls = new() { TrustedRoots = [other.Authority] } });
        await client.SignInAsync("sip:alice@contoso.test", TestContext.Current.CancellationToken);
        Assert.Equal(["sip:bob@contoso.test"], (await client.ContactManager.SearchAsync("bob", TestContext.Current.CancellationToken)).Contacts.Select(contact => contact.Uri));
    }

    [Fact]
    public async Task The_edge_reads_no_more_than_the_limit_and_forgets_connections()
    {
        using var password = new SipPassword(WebWorld.Password);
        await using var server = new UcServer(OptionsOf(password));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var web = new UcWebServer(server, new() { Services = new() { MaxBodyBytes = 2048 } });
        await web.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => web.StartAsync(TestContext.Current.CancellationToken));
        using var http = new HttpClient();
        var url = new Uri(web.BaseUrl!, "/groupexpansion/service.svc/WebTicket_Bearer");
        using var fits = await http.PostAsync(url, new ByteArrayContent(new byte[2048]), TestContext.Current.CancellationToken);
        using var tooLong = await http.PostAsync(url, new ByteArrayContent(new byte[2049]), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.RequestEntityTooLarge), (fits.StatusCode, tooLong.StatusCode));
    }

    [Theory]
    [InlineData("alice", "", WebWorld.Password, HttpStatusCode.OK)]
    [InlineData("alice", "CONTOSO", WebWorld.Password, HttpStatusCode.OK)]
    [InlineData("alice", "", "looking-glass", HttpStatusCode.Unauthorized)]
    public async Task NTLM_as_dotnet_speaks_it_gets_a_ticket(string name, string domain, string password, HttpStatusCode status)
    {
        using var right = new SipPassword(WebWorld.Password);
        await using var server = new UcServer(OptionsOf(right));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var web = new UcWebServer(server);
        await web.StartAsync(TestContext.Current.CancellationToken);
        var url = new Uri(web.BaseUrl!, "/WebTicket/WebTicketService.svc/Auth");
        using var http = new HttpClient(new SocketsHttpHandler { Credentials = new System.Net.CredentialCache { { url, "NTLM", new NetworkCredential(name, password, domain) } } });
        var request = new WebTicketRequest(new Uri(web.BaseUrl!, "/groupexpansion/service.svc/WebTicket_Bearer").AbsoluteUri);
        using var response = await http.PostAsync(url, new ByteArrayContent(request.ToBytes()), TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, WebTicketResponse.TryRead(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out _, out _));
    }

    private static UcServerOptions OptionsOf(SipPassword password) => new()
    {
        Users = [new("alice") { Password = password }, new("bob") { DisplayName = "Bob" }],
        DistributionGroups = [new("sales@contoso.test") { DisplayName = "Sales", Members = ["bob"] }],
    };
}
