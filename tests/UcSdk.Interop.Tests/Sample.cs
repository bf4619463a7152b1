namespace UcSdk.Interop.Tests;

/// <summary>Where the build has put the samples.</summary>
internal static class Sample
{
    // …/tests/UcSdk.Interop.Tests/bin/Debug/net10.0/
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Where the whole project stands.</summary>
    public static DirectoryInfo Root => Output.Parent!.Parent!.Parent!.Parent!.Parent!;

    public static string Assembly(string name)
    {
        var path = Path.Combine(Root.FullName, "samples", name, "bin", Output.Parent!.Name, Output.Name, name + ".dll");
        Assert.True(File.Exists(path), $"The sample is not built: {path}");
        return path;
    }
}
