using System.Security.Cryptography.X509Certificates;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>TLS as OpenSSL sees it: sessions that begin again where they ended need no second key exchange (RFC 5246 §7.3, RFC 8446 §2.2).</summary>
public sealed class OpensslTests
{
    // A session can be resumed once its ticket has come, and TLS 1.3 sends it after the handshake.
    private const int MostConnections = 50;

    [Fact]
    public async Task A_client_of_ours_resumes_its_session_with_openssl()
    {
        var openssl = Peer.Require("openssl", "openssl");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        using var authority = PrivateAuthority.Create(directory.FullName, "contoso.test");
        await using var server = PeerProcess.Start(
            openssl, "s_server", "-accept", "127.0.0.1:0", "-cert", directory["server.pem"], "-key", directory["server.key"]);
        await server.WaitForTextAsync("ACCEPT", limit.Token);
        var address = server.Output.Split('\n').Single(line => line.StartsWith("ACCEPT", StringComparison.Ordinal)).Split(' ')[1].Trim();
        Assert.True(SipTransportAddress.TryParse($"tls://{address}", out var remote));

        var connections = 0;
        while (!server.Output.Contains("Reused session-id", StringComparison.Ordinal))
        {
            Assert.True(connections++ < MostConnections, $"No session was resumed in {MostConnections} connections:\n{server.Output}");
            await using var endpoint = SipEndpoint.Create(new(), new TlsTransport(new TlsTransportOptions { TrustedRoots = [authority] }));
            await endpoint.StartAsync(limit.Token);
            await endpoint.ConnectAsync(remote with { Domain = "contoso.test" }, limit.Token);
        }

        // A session that others began gives no trust: who trusts another authority refuses this server all the same.
        using var another = PrivateAuthority.Create(Directory.CreateDirectory(directory["another"]).FullName, "contoso.test");
        await using var stranger = SipEndpoint.Create(new(), new TlsTransport(new TlsTransportOptions { TrustedRoots = [another] }));
        await stranger.StartAsync(limit.Token);
        var refused = await Assert.ThrowsAsync<SipException>(() => stranger.ConnectAsync(remote with { Domain = "contoso.test" }, limit.Token));
        Assert.Equal(SipFailure.ConnectFailed, refused.Failure);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_server_of_ours_resumes_the_session_of_openssl(string version)
    {
        var openssl = Peer.Require("openssl", "openssl");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var directory = new TempDirectory();
        using var authority = PrivateAuthority.Create(directory.FullName, "contoso.test");
        using var pem = X509Certificate2.CreateFromPemFile(directory["server.pem"], directory["server.key"]);
        using var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var transport = new TlsTransport(new TlsTransportOptions { Listen = new("TLS", "127.0.0.1", 0), Certificate = certificate });
        await using var endpoint = SipEndpoint.Create(new(), transport);
        await endpoint.StartAsync(limit.Token);
        var (address, session) = ($"127.0.0.1:{transport.ListenAddress!.Port}", directory["session.pem"]);

        var first = await ConnectAsync(openssl, ["s_client", "-connect", address, version, "-sess_out", session], limit.Token);
        var second = await ConnectAsync(openssl, ["s_client", "-connect", address, version, "-sess_in", session], limit.Token);

        Assert.Contains("New, TLSv1", first, StringComparison.Ordinal);
        Assert.Contains("Reused, TLSv1", second, StringComparison.Ordinal);
    }

    // The double CRLF of RFC 5626 is answered by a pong, and whatever came before it has come then: the session ticket too.
    private static async Task<string> ConnectAsync(string openssl, string[] arguments, CancellationToken cancellationToken)
    {
        await using var client = PeerProcess.Start("sh", ["-c", "{ printf '\\r\\n\\r\\n'; sleep 1; } | exec \"$0\" \"$@\"", openssl, .. arguments]);
        await client.WaitForExitAsync(cancellationToken);
        return client.Output;
    }
}
