using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>
/// A user of contoso.test with SIPE, the independent client of Lync servers, which BitlBee runs: she gives commands and reads what she is told in BitlBee's
/// control channel, and SIPE's debug log says what it thinks of the server.
/// </summary>
internal sealed class SipeUser : IAsyncDisposable
{
    /// <summary>What the user reads when the sign-in is whole.</summary>
    public const string LoggedIn = "Logged in";

    private const string Host = "sip.contoso.test";

    // libpurple knows the system's roots only, by one directory, and asks one hosts file. Both are exchanged where nobody but this process sees it.
    private const string InItsOwnWorld = "mount --bind \"$1\" /etc/ssl/certs && mount --bind \"$2\" /etc/hosts && shift 2 && exec \"$@\"";

    // The debug log on standard error, its details, and the messages themselves.
    private static readonly Dictionary<string, string> Talkative = new() { ["BITLBEE_DEBUG"] = "1", ["PURPLE_VERBOSE_DEBUG"] = "1", ["PURPLE_UNSAFE_DEBUG"] = "1" };

    private readonly TempDirectory _directory;
    private readonly PeerProcess _process;
    private readonly IrcClient _irc;

    private SipeUser(TempDirectory directory, PeerProcess process, IrcClient irc)
    {
        _directory = directory;
        _process = process;
        _irc = irc;
    }

    /// <summary>What SIPE has logged so far.</summary>
    public SipeLog Log => new(_process.Errors);

    /// <summary>Starts BitlBee with the account; it is not signed in yet.</summary>
    /// <param name="server">Where she signs in, by TCP or TLS.</param>
    /// <param name="name">Who she is in contoso.test.</param>
    /// <param name="password">What she believes to be her password.</param>
    /// <param name="authority">For TLS, the file of the only root that she trusts; null for the system's.</param>
    /// <param name="cancellationToken">Ends the waiting for BitlBee.</param>
    public static async Task<SipeUser> StartAsync(SipTransportAddress server, string name, string password, string? authority, CancellationToken cancellationToken)
    {
        RequireInstalled();
        var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["bitlbee.conf"], "[settings]\nRunMode = Daemon\nAuthMode = Open\n", cancellationToken);
        var isSecure = server.Transport == "TLS";
        var port = SippProgram.FreePort();
        string[] bitlbee =
        [
            Peer.Require("bitlbee", "bitlbee-libpurple"), "-D", "-n", "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", directory["bitlbee.conf"], "-d", directory.FullName, "-P", directory["pid"],
        ];
        var process = isSecure
            ? PeerProcess.Start(await RequireNamespacesAsync(cancellationToken), Talkative, [.. await MakeWorldAsync(directory, authority, cancellationToken), .. bitlbee])
            : PeerProcess.Start(bitlbee[0], Talkative, bitlbee[1..]);
        var user = new SipeUser(directory, process, await IrcClient.ConnectAsync(port, process, cancellationToken));
        await user.DoAsync("register secret", "Account successfully created", cancellationToken);
        await user.DoAsync("set auto_reconnect_delay 1", "auto_reconnect_delay = `1'", cancellationToken);
        await user.DoAsync($"account add sipe {name}@contoso.test,{name} {password}", "successfully added", cancellationToken);
        var host = isSecure ? Host : server.Host;
        await user.SetAsync("server", $"{host}:{server.Port.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        await user.SetAsync("transport", server.Transport.ToLowerInvariant(), cancellationToken);
        await user.SetAsync("authentication", "ntlm", cancellationToken);
        return user;
    }

    /// <summary>Begins to sign in.</summary>
    public Task SignInAsync(CancellationToken cancellationToken) => _irc.SayAsync("account sipe on", cancellationToken);

    /// <summary>Signs out, and ends BitlBee, so that the log is whole.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        await DoAsync("account sipe off", "Signing off..", cancellationToken);
        await StopAsync(cancellationToken);
    }

    /// <summary>Ends BitlBee.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _process.InterruptAsync(cancellationToken);

    /// <summary>The next thing that she is told which has the text in it.</summary>
    public Task<string> HearAsync(string text, CancellationToken cancellationToken) => _irc.HearAsync(text, cancellationToken);

    /// <summary>Alice says something to bob, who answers.</summary>
    public static async Task TalkAsync(SipeUser alice, SipeUser bob, CancellationToken cancellationToken)
    {
        await alice.DoAsync("add -tmp sipe bob@contoso.test bob", "Temporarily assigned nickname `bob'", cancellationToken);
        await alice._irc.TellAsync("bob", "Down the rabbit-hole?", cancellationToken);
        await bob.HearAsync("Down the rabbit-hole?", cancellationToken);
        // BitlBee's name for somebody who is in no list.
        await bob._irc.TellAsync("sipalice", "Curiouser and curiouser!", cancellationToken);
        await alice.HearAsync("Curiouser and curiouser!", cancellationToken);
    }

    /// <summary>Answers a question.</summary>
    public Task SayAsync(string text, CancellationToken cancellationToken) => _irc.SayAsync(text, cancellationToken);

    /// <summary>Waits until SIPE has logged the text that many times since its start.</summary>
    public Task WaitForLogAsync(string text, int times, CancellationToken cancellationToken) => _process.WaitForTextAsync(text, times, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _irc.Dispose();
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private static void RequireInstalled()
    {
        if (!Directory.GetDirectories("/usr/lib", "purple-2", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Any(plugins => File.Exists(Path.Combine(plugins, "libsipe.so"))))
        {
            Peer.Miss("SIPE", "bitlbee-libpurple pidgin-sipe");
        }
    }

    private static async Task<string> RequireNamespacesAsync(CancellationToken cancellationToken)
    {
        var program = Peer.Require("unshare", "util-linux");
        await using var attempt = PeerProcess.Start(program, "-rm", "true");
        if (await attempt.WaitForExitAsync(cancellationToken) != 0)
        {
            Peer.Lack($"SIPE's roots cannot be exchanged: this system allows no user namespaces: {attempt.Errors}");
        }

        return program;
    }

    private static async Task<string[]> MakeWorldAsync(TempDirectory directory, string? authority, CancellationToken cancellationToken)
    {
        var roots = "/etc/ssl/certs";
        if (authority is not null)
        {
            roots = directory["roots"];
            Directory.CreateDirectory(roots);
            File.Copy(authority, Path.Combine(roots, "authority.pem"));
        }

        await File.WriteAllTextAsync(directory["hosts"], $"127.0.0.1 localhost {Host}\n", cancellationToken);
        return ["-rm", "sh", "-c", InItsOwnWorld, "sh", roots, directory["hosts"]];
    }

    private Task SetAsync(string setting, string value, CancellationToken cancellationToken) =>
        DoAsync($"account sipe set {setting} {value}", $"{setting} = `{value}'", cancellationToken);

    private async Task DoAsync(string command, string answer, CancellationToken cancellationToken)
    {
        await _irc.SayAsync(command, cancellationToken);
        await _irc.HearAsync(answer, cancellationToken);
    }
}
