using System.Runtime.CompilerServices;

namespace UcSdk.Interop.Tests;

/// <summary>
/// A test inside a Kerberos realm. The platform's Kerberos reads its environment when the process begins, so the test runs this very test again in a process
/// of its own, with the environment of the realm; there the second part runs, and its failure is the failure of both.
/// </summary>
public abstract class RealmTest
{
    private const string Mark = "UCSDK_INSIDE_REALM";

    /// <summary>A file of the realm, from inside.</summary>
    protected static string FileOf(string name) => Path.Combine(Environment.GetEnvironmentVariable(Mark)!, name);

    /// <summary>Prepares a realm with a KDC, and runs the test inside.</summary>
    /// <param name="outside">Prepares the realm; the KDC runs until the test is over, unless it is stopped here.</param>
    /// <param name="inside">The test.</param>
    /// <param name="clock">How far the KDC's clock is from ours; null for not at all.</param>
    /// <param name="method">The name of the test.</param>
    private protected async Task InRealmAsync(
        Func<KdcServer, CancellationToken, Task> outside, Func<CancellationToken, Task> inside, string? clock = null, [CallerMemberName] string method = "")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        if (Environment.GetEnvironmentVariable(Mark) is not null)
        {
            await inside(limit.Token);
            return;
        }

        await using var kdc = await KdcServer.StartAsync(limit.Token, clock);
        await outside(kdc, limit.Token);
        kdc.Environment[Mark] = Path.GetDirectoryName(kdc["krb5.conf"])!;
        await using var child = PeerProcess.Start(
            "dotnet", kdc.Environment, GetType().Assembly.Location, "-method", $"{GetType().FullName}.{method}", "-noColor");
        var code = await child.WaitForExitAsync(limit.Token);
        Assert.True(code == 0 && child.Output.Contains("Total: 1,", StringComparison.Ordinal), child.Output + child.Errors);
    }
}
