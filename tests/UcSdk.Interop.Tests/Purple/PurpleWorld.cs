namespace UcSdk.Interop.Tests;

/// <summary>
/// A network of its own for one purple-host, where contoso.test is all there is: a DNS server with its zone on port 53, and a Lab. What needs well-known ports and
/// the system's resolver can be tried there, and nobody outside sees it.
/// </summary>
internal sealed class PurpleWorld : IDisposable
{
    private const string Script =
        """
        ip link set lo up && mount --bind "$1/resolv.conf" /etc/resolv.conf || exit 1
        knotd -c "$1/knot.conf" 2>"$1/knot.txt" &
        dotnet "$2" $3 >"$1/lab.txt" 2>&1 &
        until grep -qs 'contoso.test.. loaded' "$1/knot.txt" && grep -qs 'Ctrl+C ends' "$1/lab.txt"; do sleep 0.1; done
        shift 3 && exec "$@"
        """;

    private readonly TempDirectory _directory;

    private PurpleWorld(TempDirectory directory) => _directory = directory;

    /// <summary>Where the Lab puts the root of its certificate.</summary>
    public string Authorities => _directory["roots"];

    /// <summary>What the Lab has printed.</summary>
    public string Lab => File.ReadAllText(_directory["lab.txt"]);

    /// <summary>Makes what the programs in it read.</summary>
    /// <param name="records">The zone contoso.test, in the master file's form; ns and sip are there already, at 127.0.0.1.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<PurpleWorld> CreateAsync(string records, CancellationToken cancellationToken)
    {
        _ = Peer.Require("knotd", "knot");
        _ = Peer.Require("ip", "iproute2");
        await using (var attempt = PeerProcess.Start(Peer.Require("unshare", "util-linux"), "-rmnpf", "true"))
        {
            if (await attempt.WaitForExitAsync(cancellationToken) != 0)
            {
                Peer.Lack($"This system allows no namespaces: {attempt.Errors}");
            }
        }

        var directory = new TempDirectory();
        var world = new PurpleWorld(directory);
        Directory.CreateDirectory(world.Authorities);
        await File.WriteAllTextAsync(directory["resolv.conf"], "nameserver 127.0.0.1\n", cancellationToken);
        await File.WriteAllTextAsync(
            directory["contoso.zone"],
            $"$ORIGIN contoso.test.\n$TTL 60\n@ IN SOA ns hostmaster 1 3600 600 86400 30\n@ IN NS ns\nns IN A 127.0.0.1\nsip IN A 127.0.0.1\n{records}\n",
            cancellationToken);
        await File.WriteAllTextAsync(
            directory["knot.conf"],
            $"""
            server:
              listen: 127.0.0.1@53
              rundir: {directory.FullName}
            database:
              storage: {directory.FullName}
              journal-db-max-size: 10M
            zone:
              - domain: contoso.test
                file: {directory["contoso.zone"]}
            log:
              - target: stderr
                any: info
            """,
            cancellationToken);
        return world;
    }

    /// <summary>The command that runs another one in it, beside a Lab with these options, and ends with it.</summary>
    public string[] Run(string labOptions) =>
        ["unshare", "-rmnpf", "--mount-proc", "--kill-child", "sh", "-c", Script, "sh", _directory.FullName, Sample.Assembly("Lab"), $"{labOptions} --write-ca {Authorities}/lab.pem"];

    public void Dispose() => _directory.Dispose();
}
