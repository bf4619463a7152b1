using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace UcSdk.Media;

/// <summary>The small texts inside SDP values.</summary>
internal static class SdpText
{
    /// <summary>Takes the next word off the text; false when only blanks are left.</summary>
    public static bool TryTakeWord(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> word)
    {
        text = text.TrimStart(" \t");
        var end = text.IndexOfAny(' ', '\t');
        word = end < 0 ? text : text[..end];
        text = text[word.Length..];
        return !word.IsEmpty;
    }

    /// <summary>Reads plain digits, nothing else, up to the bound.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, long maximum, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= maximum;

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>IN IP4 10.0.0.5</c> or <c>IN IP6 2001:db8::1</c>, with or without a multicast suffix.</summary>
    public static IPAddress? ParseConnection(string value)
    {
        var rest = value.AsSpan();
        if (!TryTakeWord(ref rest, out var network) || !network.SequenceEqual("IN")
            || !TryTakeWord(ref rest, out var family) || !TryTakeWord(ref rest, out var text))
        {
            return null;
        }

        var slash = text.IndexOf('/');
        return IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) && family.SequenceEqual(FamilyOf(address)) ? address : null;
    }

    /// <summary>Writes what <see cref="ParseConnection"/> reads.</summary>
    public static string FormatConnection(IPAddress address) => $"IN {FamilyOf(address)} {address}";

    private static string FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
}
