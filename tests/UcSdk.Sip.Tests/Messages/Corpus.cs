namespace UcSdk.Sip.Tests;

/// <summary>The messages of RFC 4475 and RFC 5118, byte for byte.</summary>
internal static class Corpus
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>Reads <c>rfc4475/wsinv.dat</c>.</summary>
    public static byte[] Read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Root, name));
        // The published file of this one message ends before its empty line.
        return name == "rfc4475/baddn.dat" ? [.. bytes, .. "\r\n"u8] : bytes;
    }

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static SipMessage Parse(string name)
    {
        Assert.True(SipMessage.TryParse(Read(name), SipLimits.Default, out var message, out var error), error.ToString());
        return message!;
    }

    public static SipRequest ParseRequest(string name) => Assert.IsType<SipRequest>(Parse(name));
}
