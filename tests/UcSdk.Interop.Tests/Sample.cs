namespace UcSdk.Interop.Tests;

/// <summary>Where the build has put the samples.</summary>
internal static class Sample
{
    public static string Assembly(string name)
    {
        // …/tests/UcSdk.Interop.Tests/bin/Debug/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = output.Parent!.Name;
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(root, "samples", name, "bin", configuration, output.Name, name + ".dll");
        Assert.True(File.Exists(path), $"The sample is not built: {path}");
        return path;
    }
}
