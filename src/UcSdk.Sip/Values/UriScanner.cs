using System.Buffers;

namespace UcSdk.Sip;

/// <summary>Finds the parts of a URI in one walk over its bytes (RFC 3261 §19.1.1, §25.1).</summary>
internal static class UriScanner
{
    private static readonly SearchValues<byte> Excluded = SearchValues.Create(" \t\r\n<>\""u8);
    private static readonly SearchValues<byte> SchemeBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    /// <summary>Finds host or number, and says whether the whole is a URI.</summary>
    /// <param name="uri">Its bytes, without blanks around them.</param>
    /// <param name="hostStart">Where the host begins; for schemes other than sip and sips, the same as <paramref name="hostEnd"/>.</param>
    /// <param name="hostEnd">Where the host ends; for tel the number; otherwise the end.</param>
    public static bool TryRead(ReadOnlySpan<byte> uri, out int hostStart, out int hostEnd)
    {
        hostStart = hostEnd = 0;
        var colon = SchemeLength(uri);
        if (colon <= 0 || colon + 1 == uri.Length)
        {
            return false;
        }

        Split(uri, colon, out hostStart, out hostEnd);
        if (IsSip(uri[..colon]))
        {
            var user = uri[(colon + 1)..hostStart];
            return user.Length != 1 && Scan.IndexOfAny(user, Excluded) < 0 && HostPort.IsHost(uri[hostStart..hostEnd]) && IsRest(uri[hostEnd..]);
        }

        return char.IsAsciiLetter((char)uri[0]) && Scan.IsAllOf(uri[..colon], SchemeBytes) && Scan.IndexOfAny(uri[colon..], Excluded) < 0 && hostEnd > colon + 1
            && (hostEnd == uri.Length || SipParameters.TryMeasure(uri, hostEnd, inList: false, out _));
    }

    /// <summary>Finds host or number in what is known to be a URI.</summary>
    public static void Split(ReadOnlySpan<byte> uri, out int hostStart, out int hostEnd) => Split(uri, SchemeLength(uri), out hostStart, out hostEnd);

    /// <summary>Index of the colon that ends the scheme, or -1.</summary>
    public static int SchemeLength(ReadOnlySpan<byte> uri) => Scan.IndexOf(uri, (byte)':');

    /// <summary>True for sip and sips in any case.</summary>
    public static bool IsSip(ReadOnlySpan<byte> scheme) =>
        scheme.Length is 3 or 4 && (scheme[0] | 0x20) == 's' && (scheme[1] | 0x20) == 'i' && (scheme[2] | 0x20) == 'p'
            && (scheme.Length == 3 || (scheme[3] | 0x20) == 's');

    private static void Split(ReadOnlySpan<byte> uri, int colon, out int hostStart, out int hostEnd)
    {
        hostStart = colon + 1;
        if (!IsSip(uri[..colon]))
        {
            var semicolon = Scan.EqualsIgnoreCase(uri[..colon], "tel"u8) ? Scan.IndexOf(uri[hostStart..], (byte)';') : -1;
            hostStart = hostEnd = semicolon < 0 ? uri.Length : hostStart + semicolon;
            return;
        }

        // The user part may hold ';' and '?', so it is cut first; a host never holds '@' (RFC 3261 §25.1).
        hostStart += Scan.IndexOf(uri[hostStart..], (byte)'@') + 1;
        hostEnd = HostPort.FindHostEnd(uri, hostStart);
    }

    // What follows the host: port, parameters, headers.
    private static bool IsRest(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        // Said at once: what is no host may be long.
        if (rest[0] is not ((byte)':' or (byte)';' or (byte)'?'))
        {
            return false;
        }

        var isPlain = PlainParameters.IsPlain(rest);
        if (!isPlain && Scan.IndexOfAny(rest, Excluded) >= 0)
        {
            return false;
        }

        var question = Scan.IndexOf(rest, (byte)'?');
        rest = question < 0 ? rest : rest[..question];
        var semicolon = Scan.IndexOf(rest, (byte)';');
        var port = semicolon < 0 ? rest : rest[..semicolon];
        return (port.IsEmpty || (port[0] == ':' && HostPort.TryReadPort(port[1..], out _)))
            && (semicolon < 0 || SipParameters.AreUnique(rest[semicolon..], isPlain));
    }
}
