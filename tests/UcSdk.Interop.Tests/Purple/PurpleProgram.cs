[assembly: AssemblyFixture(typeof(UcSdk.Interop.Tests.PurpleProgram))]

namespace UcSdk.Interop.Tests;

/// <summary>tests/interop/purple-host, built when a test first asks for it, and gone when the last has ended.</summary>
public sealed class PurpleProgram : IAsyncDisposable
{
    private const string Packages = "libpurple-dev libjson-glib-dev libxml2-dev gcc libc6-dev make pkg-config pidgin-sipe";

    private readonly Lazy<Task<TempDirectory>> _build = new(BuildAsync);

    /// <summary>The path of the program. Where its parts are missing the test is skipped.</summary>
    public async Task<string> GetAsync()
    {
        _ = Peer.Require("make", Packages);
        _ = Peer.Require("pkg-config", Packages);
        _ = Peer.Require("cc", Packages);
        await using (var query = PeerProcess.Start("pkg-config", "--exists", "purple", "json-glib-1.0", "libxml-2.0"))
        {
            if (await query.WaitForExitAsync(CancellationToken.None) != 0)
            {
                Peer.Miss("libpurple with its headers", Packages);
            }
        }

        return (await _build.Value)["purple-host"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_build.IsValueCreated)
        {
            (await _build.Value).Dispose();
        }
    }

    private static async Task<TempDirectory> BuildAsync()
    {
        var directory = new TempDirectory();
        await PeerProcess.RunAsync("make", ["-C", Path.Combine(Sample.Root.FullName, "tests", "interop", "purple-host"), $"OUT={directory.FullName}"], CancellationToken.None);
        return directory;
    }
}
