using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A DNS server of our own on loopback: Knot, with the zone contoso.test.</summary>
internal sealed class KnotServer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly DirectoryInfo _directory;

    private KnotServer(PeerProcess process, DirectoryInfo directory, IPEndPoint address)
    {
        _process = process;
        _directory = directory;
        Resolver = new DnsResolver(new DnsResolverOptions { Servers = [address] });
    }

    /// <summary>Asks this server.</summary>
    public DnsResolver Resolver { get; }

    /// <summary>Starts it with the records of the zone, in the master file's form.</summary>
    public static async Task<KnotServer> StartAsync(string records, CancellationToken cancellationToken)
    {
        var program = Peer.Require("knotd", "knot");
        var directory = Directory.CreateTempSubdirectory("knot");
        var address = new IPEndPoint(IPAddress.Loopback, SippProgram.FreePort());
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        var zone = Path.Combine(directory.FullName, "contoso.zone");
        await File.WriteAllTextAsync(
            zone, $"$ORIGIN contoso.test.\n$TTL 60\n@ IN SOA ns hostmaster 1 3600 600 86400 30\n@ IN NS ns\nns IN A 127.0.0.1\n{records}\n", cancellationToken);
        var configuration = Path.Combine(directory.FullName, "knot.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            server:
              listen: 127.0.0.1@{port}
              rundir: {directory.FullName}
            database:
              storage: {directory.FullName}
              journal-db-max-size: 10M
            zone:
              - domain: contoso.test
                file: {zone}
            log:
              - target: stderr
                any: info
            """,
            cancellationToken);
        var process = PeerProcess.Start(program, "-c", configuration);
        await process.WaitForTextAsync("[contoso.test.] loaded", cancellationToken);
        while (!IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Contains(address))
        {
            Assert.False(process.HasExited, process.Errors);
            await Task.Delay(20, cancellationToken);
        }

        return new(process, directory, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
