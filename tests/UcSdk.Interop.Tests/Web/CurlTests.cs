using UcSdk.Documents;
using UcSdk.Server;
using UcSdk.Server.Web;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>curl proves an account by NTLM over HTTP, which it computes by code of its own, and gets a web ticket.</summary>
public sealed class CurlTests
{
    [Theory]
    [InlineData("alice:wonderland", "200")]
    [InlineData(@"CONTOSO\alice:wonderland", "200")]
    [InlineData("alice:looking-glass", "401")]
    public async Task A_web_ticket_is_given_to_who_knows_the_password(string account, string status)
    {
        var curl = Peer.Require("curl", "curl");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice") { Password = new SipPassword("wonderland") }] });
        await server.StartAsync(limit.Token);
        await using var web = new UcWebServer(server);
        await web.StartAsync(limit.Token);
        var request = new WebTicketRequest(new Uri(web.BaseUrl!, "/groupexpansion/service.svc/WebTicket_Bearer").AbsoluteUri) { UserUri = "sip:alice@contoso.test" };
        await File.WriteAllBytesAsync(directory["rst.xml"], request.ToBytes(), limit.Token);

        await using var process = PeerProcess.Start(
            curl, "-s", "--ntlm", "-u", account, "-H", "Content-Type: text/xml", "--data-binary", "@" + directory["rst.xml"], "-o", directory["answer.xml"], "-w", "%{http_code}",
            new Uri(web.BaseUrl!, "/WebTicket/WebTicketService.svc/Auth").AbsoluteUri);
        Assert.Equal(0, await process.WaitForExitAsync(limit.Token));

        Assert.Equal(status, process.Output.Trim());
        var answer = File.Exists(directory["answer.xml"]) ? await File.ReadAllBytesAsync(directory["answer.xml"], limit.Token) : [];
        Assert.Equal(status == "200", WebTicketResponse.TryRead(answer, out _, out _));
    }
}
