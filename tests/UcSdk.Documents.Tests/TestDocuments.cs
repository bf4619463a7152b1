using System.Text;

namespace UcSdk.Documents.Tests;

/// <summary>The documents under Data, and small things the tests share.</summary>
internal static class TestDocuments
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(TestDocuments).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no test document {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static IEnumerable<string> Names =>
        typeof(TestDocuments).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".xml", StringComparison.Ordinal));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static DocumentElement Tree(string text)
    {
        Assert.True(DocumentElement.TryRead(Utf8(text), out var root, out var error), error.ToString());
        return root;
    }

    public static ConferenceInfo Info(string text)
    {
        Assert.True(ConferenceInfo.TryRead(Utf8(text), out var info, out var error), error.ToString());
        return info;
    }
}
