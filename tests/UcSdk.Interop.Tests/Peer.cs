namespace UcSdk.Interop.Tests;

/// <summary>
/// A program that we did not write. Where it is missing the test is skipped and says what to install; with UCSDK_REQUIRE_PEERS=1 it fails.
/// </summary>
internal static class Peer
{
    /// <summary>The path of the program.</summary>
    public static string Require(string program, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/sbin"])
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
        if (path is not null)
        {
            return path;
        }

        Miss(program, package);
        return "";
    }

    /// <summary>Skips the test, or fails it where peers are required, and says what to install.</summary>
    public static void Miss(string what, string package) => Lack($"{what} is not installed; on Debian: apt-get install {package}");

    /// <summary>Skips the test, or fails it where peers are required, and says what this system does not do.</summary>
    public static void Lack(string what)
    {
        if (Environment.GetEnvironmentVariable("UCSDK_REQUIRE_PEERS") == "1")
        {
            Assert.Fail(what);
        }

        Assert.Skip(what);
    }
}
