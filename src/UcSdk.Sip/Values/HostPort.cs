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

    private static bool IsHost(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        if (name[0] == '[')
        {
            return name[^1] == ']' && IPAddress.TryParse(name[1..^1], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
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
