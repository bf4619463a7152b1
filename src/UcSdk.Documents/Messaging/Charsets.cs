using System.Text;

namespace UcSdk.Documents;

/// <summary>The charsets of messages by their names and their Windows numbers. UTF-7, which hides markup from filters, is none.</summary>
internal static class Charsets
{
    /// <summary>The longest name that is looked up.</summary>
    public const int MaxNameLength = 40;

    private const int Utf7CodePage = 65000;

    /// <summary>The charset of that name; UTF-8 when none is given, null when it is not known.</summary>
    public static Encoding? Find(string? name)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        if (name.Length > MaxNameLength)
        {
            return null;
        }

        // US-ASCII is read as UTF-8: senders that name it send more than it has.
        if (name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) || name.Equals("ascii", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback) ?? Allowed(Encoding.GetEncoding(name));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The charset of that Windows code page; null when it is not known.</summary>
    public static Encoding? Find(int codePage)
    {
        if (codePage is Utf7CodePage or < 0 or > ushort.MaxValue)
        {
            return null;
        }

        try
        {
            return codePage == 0 ? Find(1252) : CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback) ?? Allowed(Encoding.GetEncoding(codePage));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? Allowed(Encoding encoding) => encoding.CodePage == Utf7CodePage ? null : encoding;
}
