namespace UcSdk.Interop.Tests;

/// <summary>A new directory for what peers read and write; it goes with the test.</summary>
internal sealed class TempDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ucsdk-");

    public string FullName => _directory.FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
