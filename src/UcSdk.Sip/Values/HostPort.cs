using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace UcSdk.Sip;

/// <summary>Reads <c>host[:port]</c> (RFC 3261 §25.1 hostport): names, IPv4 addresses and IPv6 references in brackets.</summary>
internal static class HostPort
{
    public static bool TryParse(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        text = text.Trim();
        var close = text.IndexOf(']');
        var colon = close >= 0 ? text[close..].IndexOf(':') is var after and >= 0 ? close + after : -1 : text.IndexOf(':');
        var name = (colon < 0 ? text : text[..colon]).Trim();
        if (!IsHost(name))
        {
            return false;
        }

        if (colon >= 0)
        {
            if (!ushort.TryParse(text[(colon + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return false;
            }

            port = number;
        }

        host = name.ToString();
        return true;
    }

    // The grammar of RFC 3261 allowed a third colon before an embedded IPv4 address, and some peers write it (RFC 5118 §4.10).
    private static bool IsIPv6(ReadOnlySpan<char> text)
    {
        var threeColons = text.IndexOf(":::");
        return IPAddress.TryParse(threeColons < 0 ? text : string.Concat(text[..threeColons], text[(threeColons + 1)..]), out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsHost(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        if (name[0] == '[')
        {
            return name[^1] == ']' && IsIPv6(name[1..^1]);
        }

        foreach (var c in name)
        {
            // Underscores are not in RFC 3261's grammar, but host names on Windows networks have them.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
