namespace UcSdk.Architecture.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "UcSdk.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("UcSdk.sln stands in no directory above the tests.");
        }

        return directory.FullName;
    }
}
