using System.Buffers;

namespace UcSdk.Sip;

/// <summary>Finds the parts of a URI in one walk over its bytes (RFC 3261 §19.1.1, §25.1).</summary>
internal static class UriScanner
{
    private static readonly SearchValues<byte> Excluded = SearchValues.Create(" \t\r\n<>\""u8);
    private static readonly SearchValues<byte> SchemeBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    /// <summary>Reads a whole URI.</summary>
    /// <param name="uri">Its bytes, without blanks around them.</param>
    /// <param name="hostStart">Where the host begins; for schemes other than sip and sips, the same as <paramref name="hostEnd"/>.</param>
    /// <param name="hostEnd">Where the host ends; for tel the number; otherwise the end.</param>
    public static bool TryRead(ReadOnlySpan<byte> uri, out int hostStart, out int hostEnd)
    {
        hostStart = hostEnd = 0;
        if (Scan.IndexOfAny(uri, Excluded) >= 0)
        {
            return false;
        }

        var colon = SchemeLength(uri);
        if (colon <= 0 || !char.IsAsciiLetter((char)uri[0]) || !Scan.IsAllOf(uri[..colon], SchemeBytes))
        {
            return false;
        }

        return IsSip(uri[..colon]) ? TryReadSip(uri, colon + 1, out hostStart, out hostEnd) : TryReadOther(uri, colon + 1, out hostStart, out hostEnd);
    }

    /// <summary>Index of the colon that ends the scheme, or -1.</summary>
    public static int SchemeLength(ReadOnlySpan<byte> uri) => Scan.IndexOf(uri, (byte)':');

    /// <summary>True for sip and sips in any case.</summary>
    public static bool IsSip(ReadOnlySpan<byte> scheme) => Scan.EqualsIgnoreCase(scheme, "sip"u8) || Scan.EqualsIgnoreCase(scheme, "sips"u8);

    private static bool TryReadSip(ReadOnlySpan<byte> uri, int start, out int hostStart, out int hostEnd)
    {
        hostEnd = 0;
        // The user part may hold ';' and '?', so it is cut first; a host never holds '@' (RFC 3261 §25.1).
        var at = Scan.IndexOf(uri[start..], (byte)'@');
        hostStart = start + at + 1;
        if (at == 0)
        {
            return false;
        }

        var rest = uri[hostStart..];
        var delimiter = Scan.IndexOfAny(rest, (byte)';', (byte)'?');
        if (!HostPort.TryRead(delimiter < 0 ? rest : rest[..delimiter], out var hostLength, out _))
        {
            return false;
        }

        hostEnd = hostStart + hostLength;
        if (delimiter < 0 || rest[delimiter] == '?')
        {
            return true;
        }

        var question = Scan.IndexOf(rest[delimiter..], (byte)'?');
        var parameters = question < 0 ? rest[delimiter..] : rest.Slice(delimiter, question);
        return SipParameters.TryMeasureUnique(parameters);
    }

    private static bool TryReadOther(ReadOnlySpan<byte> uri, int start, out int numberEnd, out int end)
    {
        numberEnd = end = uri.Length;
        if (start == uri.Length)
        {
            return false;
        }

        if (!Scan.EqualsIgnoreCase(uri[..(start - 1)], "tel"u8) || Scan.IndexOf(uri[start..], (byte)';') is not (>= 0 and var semicolon))
        {
            return true;
        }

        numberEnd = end = start + semicolon;
        return SipParameters.TryMeasure(uri, numberEnd, inList: false, out _);
    }
}
