using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using UcSdk.Documents;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests.Discovery;

/// <summary>The handler that discovery makes for itself, against a server on a socket of this machine.</summary>
public sealed class AutodiscoverHandlerTests
{
    private const string Document = """<AutodiscoverResponse><Root><Link token="User" href="https://localhost/u"/></Root></AutodiscoverResponse>""";

    [Theory(Timeout = 60_000)]
    [InlineData("localhost", true, true)]
    [InlineData("localhost", false, false)]
    [InlineData("127.0.0.2", true, false)]
    public async Task Only_a_server_that_proves_its_name_to_the_trusted_roots_is_heard(string host, bool isTrusted, bool isHeard)
    {
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        using var another = DevelopmentCertificate.Create("contoso.test");
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var request = ServeAsync(listener, certificate);
        using var client = new AutodiscoverClient(
            AutodiscoverHandler.Create(new TlsTransportOptions { TrustedRoots = [isTrusted ? certificate.Authority : another.Authority] }, TimeSpan.FromSeconds(20)),
            DocumentLimits.Default,
            "UcSdk");

        var url = new Uri($"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/?sipuri=sip:alice@contoso.test");
        var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);

        Assert.Equal(isHeard ? "https://localhost/u" : null, answer.Document?.Resource.Href(AutodiscoverTokens.User));
        Assert.Equal(isHeard ? null : DiscoveryOutcome.Failed, answer.Failure?.Outcome);
        Assert.Equal(!isHeard, answer.Failure?.NobodyAsked ?? false);
        var text = await request;
        Assert.Equal(isHeard, text.StartsWith("GET /?sipuri=sip:alice@contoso.test HTTP/1.1\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain("Authorization", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cookie", text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> ServeAsync(TcpListener listener, DevelopmentCertificate certificate)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(connection.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate.Certificate);
            var buffer = new byte[4096];
            var text = "";
            while (!text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await tls.ReadAsync(buffer);
                if (read == 0)
                {
                    return text;
                }

                text += Encoding.ASCII.GetString(buffer, 0, read);
            }

            await tls.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: {ContentTypes.Autodiscover}\r\nContent-Length: {Document.Length}\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n{Document}"));
            return text;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return "";
        }
    }
}
