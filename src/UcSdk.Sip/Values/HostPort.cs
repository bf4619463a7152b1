using System.Buffers;
using System.Net;
using System.Text;

namespace UcSdk.Sip;

/// <summary>Reads <c>host[:port]</c> (RFC 3261 §25.1 hostport): names, IPv4 addresses and IPv6 references in brackets.</summary>
internal static class HostPort
{
    // With a zone, which is a name of an interface.
    private const int LongestIPv6 = 128;

    // Underscores are not in RFC 3261's grammar, but host names on Windows networks have them.
    private static readonly SearchValues<byte> HostBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"u8);

    public static bool TryParse(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        text = text.Trim();
        var bytes = text.Length <= 256 ? stackalloc byte[text.Length] : new byte[text.Length];
        if (Ascii.FromUtf16(text, bytes, out _) != OperationStatus.Done || !TryRead(bytes, out var hostEnd, out var number))
        {
            return false;
        }

        host = text[..hostEnd].ToString();
        port = number == 0 ? null : number;
        return true;
    }

    /// <summary>Reads bytes without blanks around them.</summary>
    /// <param name="text">Host and port.</param>
    /// <param name="hostEnd">Where the host ends.</param>
    /// <param name="port">1–65535; 0 when absent.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out int hostEnd, out int port)
    {
        port = 0;
        hostEnd = FindHostEnd(text, 0);
        if (!IsHost(text[..hostEnd]))
        {
            return false;
        }

        var colon = Scan.SkipBlanks(text, hostEnd, text.Length);
        return colon == text.Length || (text[colon] == ':' && TryReadPort(text[Scan.SkipBlanks(text, colon + 1, text.Length)..], out port));
    }

    /// <summary>Reads a port, 1–65535.</summary>
    public static bool TryReadPort(ReadOnlySpan<byte> digits, out int port) => Scan.TryReadNumber(digits, out port) && port is > 0 and <= ushort.MaxValue;

    /// <summary>Where the host that begins there ends: behind the bracket, or before the first byte that no name has. It need not be a host.</summary>
    public static int FindHostEnd(ReadOnlySpan<byte> text, int start)
    {
        var rest = text[start..];
        var isReference = !rest.IsEmpty && rest[0] == '[';
        var end = isReference ? Scan.IndexOf(rest, (byte)']') : Scan.IndexOfAnyExcept(rest, HostBytes);
        return end < 0 ? text.Length : start + end + (isReference ? 1 : 0);
    }

    /// <summary>True for what <see cref="FindHostEnd"/> found.</summary>
    public static bool IsHost(ReadOnlySpan<byte> found) => !found.IsEmpty && (found[0] != '[' || (found[^1] == ']' && IsIPv6(found[1..^1])));

    // The grammar of RFC 3261 allowed a third colon before an embedded IPv4 address, and some peers write it (RFC 5118 §4.10).
    private static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestIPv6 || !text.Contains((byte)':') || text.Contains((byte)'['))
        {
            return false;
        }

        var threeColons = text.IndexOf(":::"u8);
        if (threeColons < 0)
        {
            return IPAddress.IsValidUtf8(text);
        }

        Span<byte> normal = stackalloc byte[LongestIPv6];
        text[..threeColons].CopyTo(normal);
        text[(threeColons + 1)..].CopyTo(normal[threeColons..]);
        return IPAddress.IsValidUtf8(normal[..(text.Length - 1)]);
    }
}
