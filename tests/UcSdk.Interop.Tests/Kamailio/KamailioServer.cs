using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A Kamailio of our own on loopback: registrar and proxy of contoso.test over UDP, TCP and TLS; everybody's password is wonderland.</summary>
internal sealed class KamailioServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly int _port;
    private readonly int _tlsPort;
    private readonly bool _hasTls;
    private PeerProcess? _process;

    private KamailioServer(DirectoryInfo directory, int port, int tlsPort, bool hasTls, X509Certificate2 authority)
    {
        _directory = directory;
        _port = port;
        _tlsPort = tlsPort;
        _hasTls = hasTls;
        Authority = authority;
    }

    public const string Password = "wonderland";

    /// <summary>A user whom it refuses to register.</summary>
    public const string Barred = "mallory";

    private const string Program = "kamailio";
    private const string Package = "kamailio kamailio-tls-modules";
    private const string PresenceTables = "/usr/share/kamailio/dbtext/kamailio";

    /// <summary>The root of its certificate.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Starts it as a presence server instead, over UDP and TCP, without passwords; subscriptions and publications live for so many seconds.</summary>
    public static Task<KamailioServer> StartPresenceAsync(CancellationToken cancellationToken, int minExpires = 120, int maxExpires = 3600)
    {
        if (!Directory.Exists(PresenceTables) || !Directory.GetDirectories("/usr/lib", "*-linux-gnu").Any(HasPresence))
        {
            Peer.Miss("Kamailio's presence server", "kamailio kamailio-presence-modules");
        }

        return StartAsync(cancellationToken, "contoso.test", "presence.cfg", maxExpires, minExpires);
    }

    /// <summary>Starts it as an edge instead, before a server on loopback; over UDP, without passwords.</summary>
    public static Task<KamailioServer> StartEdgeAsync(int serverPort, CancellationToken cancellationToken) =>
        StartAsync(cancellationToken, "contoso.test", "edge.cfg", serverPort: serverPort);

    /// <summary>Starts it, with a certificate for that domain; no registration lives for longer than that many seconds.</summary>
    public static async Task<KamailioServer> StartAsync(
        CancellationToken cancellationToken, string certificateName = "contoso.test", string scenario = "kamailio.cfg", int expires = 3600, int minExpires = 1,
        int serverPort = 0)
    {
        Peer.Require(Program, Package);
        var directory = Directory.CreateTempSubdirectory("kamailio");
        var authority = PrivateAuthority.Create(directory.FullName, certificateName);
        int port = SippProgram.FreePort(), tlsPort = SippProgram.FreePort();
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", scenario), cancellationToken);
        if (scenario == "presence.cfg")
        {
            var tables = directory.CreateSubdirectory("dbtext");
            foreach (var table in new[] { "version", "presentity", "active_watchers", "watchers", "xcap" })
            {
                File.Copy(Path.Combine(PresenceTables, table), Path.Combine(tables.FullName, table));
            }
        }

        var configuration = Path.Combine(directory.FullName, "kamailio.cfg");
        await File.WriteAllTextAsync(
            configuration,
            template.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{tlsPort}", tlsPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{server}", serverPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{expires}", expires.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{minExpires}", minExpires.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{directory}", directory.FullName, StringComparison.Ordinal),
            cancellationToken);
        var server = new KamailioServer(directory, port, tlsPort, scenario == "kamailio.cfg", authority);
        await server.RunAsync(cancellationToken);
        return server;
    }

    /// <summary>Ends it as a power failure would, for a while. It comes back on the same ports without a memory.</summary>
    public async Task RestartAsync(Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        await _process!.DisposeAsync();
        await meanwhile();
        await RunAsync(cancellationToken);
    }

    public SipTransportAddress AddressOf(string transport) =>
        new(transport, "127.0.0.1", transport == "TLS" ? _tlsPort : _port) { Domain = "contoso.test" };

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }

        Authority.Dispose();
        _directory.Delete(recursive: true);
    }

    private static bool HasPresence(string libraries) => File.Exists(Path.Combine(libraries, "kamailio", "modules", "presence.so"));

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var directory = _directory.FullName;
        _process = PeerProcess.Start(
            Peer.Require(Program, Package), "-f", Path.Combine(directory, "kamailio.cfg"), "-DD", "-E", "-m", "64", "-Y", directory, "-w", directory, "-P", Path.Combine(directory, "pid"));
        while (!IsListening())
        {
            Assert.False(_process.HasExited, $"Kamailio did not start:\n{_process.Errors}\n{_process.Output}");
            await Task.Delay(50, cancellationToken);
        }
    }

    private bool IsListening() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(socket => socket.Port == (_hasTls ? _tlsPort : _port));
}
