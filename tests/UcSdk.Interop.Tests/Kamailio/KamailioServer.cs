using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A Kamailio of our own on loopback: registrar and proxy of contoso.test over UDP, TCP and TLS; everybody's password is wonderland.</summary>
internal sealed class KamailioServer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly DirectoryInfo _directory;
    private readonly int _port;
    private readonly int _tlsPort;

    private KamailioServer(PeerProcess process, DirectoryInfo directory, int port, int tlsPort, X509Certificate2 authority)
    {
        _process = process;
        _directory = directory;
        _port = port;
        _tlsPort = tlsPort;
        Authority = authority;
    }

    public const string Password = "wonderland";

    /// <summary>The root of its certificate.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Starts it, with a certificate for that domain.</summary>
    public static async Task<KamailioServer> StartAsync(CancellationToken cancellationToken, string certificateName = "contoso.test")
    {
        var program = Peer.Require("kamailio", "kamailio kamailio-tls-modules");
        var directory = Directory.CreateTempSubdirectory("kamailio");
        var authority = PrivateAuthority.Create(directory.FullName, certificateName);
        int port = SippProgram.FreePort(), tlsPort = SippProgram.FreePort();
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", "kamailio.cfg"), cancellationToken);
        var configuration = Path.Combine(directory.FullName, "kamailio.cfg");
        await File.WriteAllTextAsync(
            configuration,
            template.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{tlsPort}", tlsPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{directory}", directory.FullName, StringComparison.Ordinal),
            cancellationToken);
        var process = PeerProcess.Start(program, "-f", configuration, "-DD", "-E", "-m", "64", "-Y", directory.FullName, "-w", directory.FullName, "-P", Path.Combine(directory.FullName, "pid"));
        var server = new KamailioServer(process, directory, port, tlsPort, authority);
        while (!server.IsListening())
        {
            Assert.False(process.HasExited, $"Kamailio did not start:\n{process.Errors}\n{process.Output}");
            await Task.Delay(50, cancellationToken);
        }

        return server;
    }

    public SipTransportAddress AddressOf(string transport) =>
        new(transport, "127.0.0.1", transport == "TLS" ? _tlsPort : _port) { Domain = "contoso.test" };

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Authority.Dispose();
        _directory.Delete(recursive: true);
    }

    private bool IsListening() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(socket => socket.Port == _tlsPort);
}
