using System.Globalization;

namespace UcSdk.Interop.Tests;

/// <summary>
/// An MIT KDC of our own on loopback, for the realm CONTOSO.TEST: user alice with the password wonderland, server sip/fe.contoso.test with its key in a keytab.
/// Everything it and its clients read lies in a directory that goes with it.
/// </summary>
internal sealed class KdcServer : IAsyncDisposable
{
    public const string Realm = "CONTOSO.TEST";
    public const string Service = "sip/fe.contoso.test";
    public const string Password = "wonderland";

    private const string Packages = "krb5-kdc krb5-admin-server krb5-user";

    private readonly TempDirectory _directory;
    private readonly PeerProcess _process;
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _clock;
    private bool _isStopped;

    private KdcServer(TempDirectory directory, PeerProcess process, Dictionary<string, string> environment, string[] clock)
    {
        _directory = directory;
        _process = process;
        _environment = environment;
        _clock = clock;
    }

    /// <summary>What programs of the realm have in their environment; a test adds to it or changes it.</summary>
    public Dictionary<string, string> Environment => _environment;

    /// <summary>The path of a file of the realm.</summary>
    public string this[string name] => _directory[name];

    /// <summary>Starts it.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="clock">How far its clock, and that of its <see cref="KinitAsync"/>, is from ours, as faketime wants it; null for not at all.</param>
    public static async Task<KdcServer> StartAsync(CancellationToken cancellationToken, string? clock = null)
    {
        var program = Peer.Require("krb5kdc", Packages);
        string[] prefix = clock is null ? [] : [Peer.Require("faketime", "faketime"), "-f", clock];
        var directory = new TempDirectory();
        var port = SippProgram.FreePort().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(directory["krb5.conf"], ClientConfiguration(port), cancellationToken);
        await File.WriteAllTextAsync(directory["kdc.conf"], ServerConfiguration(port, directory), cancellationToken);
        var environment = new Dictionary<string, string>
        {
            ["KRB5_CONFIG"] = directory["krb5.conf"],
            ["KRB5_KDC_PROFILE"] = directory["kdc.conf"],
            ["KRB5_KTNAME"] = "FILE:" + directory["fe.keytab"],
            ["KRB5CCNAME"] = "FILE:" + directory["cache"],
            ["KRB5RCACHEDIR"] = directory.FullName,
        };
        await RunAsync(environment, cancellationToken, Peer.Require("kdb5_util", Packages), "create", "-s", "-r", Realm, "-P", "master");
        var admin = Peer.Require("kadmin.local", Packages);
        foreach (var order in new[] { $"addprinc -pw {Password} alice", $"addprinc -randkey {Service}", $"ktadd -k {directory["fe.keytab"]} {Service}" })
        {
            await RunAsync(environment, cancellationToken, admin, "-q", order);
        }

        string[] command = [.. prefix, program, "-n"];
        var process = PeerProcess.Start(command[0], environment, command[1..]);
        await process.WaitForTextAsync("commencing operation", cancellationToken);
        return new(directory, process, environment, prefix);
    }

    /// <summary>Gives the server another key, and a keytab with it; the server's own keytab stays as it was.</summary>
    public Task ChangeKeyAsync(CancellationToken cancellationToken) =>
        RunAsync(_environment, cancellationToken, Peer.Require("kadmin.local", Packages), "-q", $"ktadd -k {_directory["new.keytab"]} {Service}");

    /// <summary>Leaves the server with the key of another service only.</summary>
    public async Task TakeKeyAsync(CancellationToken cancellationToken)
    {
        const string Other = "sip/other.contoso.test";
        var admin = Peer.Require("kadmin.local", Packages);
        await RunAsync(_environment, cancellationToken, admin, "-q", $"addprinc -randkey {Other}");
        await RunAsync(_environment, cancellationToken, admin, "-q", $"ktadd -k {_directory["other.keytab"]} {Other}");
        _environment["KRB5_KTNAME"] = "FILE:" + _directory["other.keytab"];
    }

    /// <summary>Puts alice's ticket into the ticket cache.</summary>
    public Task KinitAsync(CancellationToken cancellationToken, params string[] options) =>
        RunAsync(_environment, cancellationToken, [.. _clock, "sh", "-c", "echo " + Password + " | exec \"$0\" \"$@\"", Peer.Require("kinit", Packages), .. options, "alice"]);

    /// <summary>Puts the server's ticket there too.</summary>
    public Task FetchTicketAsync(CancellationToken cancellationToken) =>
        RunAsync(_environment, cancellationToken, [.. _clock, Peer.Require("kvno", Packages), Service]);

    /// <summary>Ends it; its files stay until it is disposed.</summary>
    public async ValueTask StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private static async Task RunAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params string[] command)
    {
        await using var peer = PeerProcess.Start(command[0], environment, command[1..]);
        var code = await peer.WaitForExitAsync(cancellationToken);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code.ToString(CultureInfo.InvariantCulture)}:\n{peer.Output}\n{peer.Errors}");
    }

    private static string ClientConfiguration(string port) =>
        $$"""
        [libdefaults]
          default_realm = {{Realm}}
          dns_lookup_kdc = false
          dns_lookup_realm = false
          dns_canonicalize_hostname = false
        [realms]
          {{Realm}} = {
            kdc = 127.0.0.1:{{port}}
          }
        [domain_realm]
          .contoso.test = {{Realm}}
        """;

    private static string ServerConfiguration(string port, TempDirectory directory) =>
        $$"""
        [kdcdefaults]
          kdc_listen = 127.0.0.1:{{port}}
          kdc_tcp_listen = 127.0.0.1:{{port}}
        [realms]
          {{Realm}} = {
            database_name = {{directory["principal"]}}
            key_stash_file = {{directory["stash"]}}
          }
        [logging]
          kdc = STDERR
        """;
}
