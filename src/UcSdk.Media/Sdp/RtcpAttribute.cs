using System.Net;

namespace UcSdk.Media;

/// <summary>An <c>a=rtcp</c> line: <c>a=rtcp:port [IN IP4 address]</c> (RFC 3605 §2.1).</summary>
/// <param name="Port">The RTCP port, 1…65535.</param>
/// <param name="Address">The RTCP address, or null when it is that of the media.</param>
public sealed record RtcpAttribute(int Port, IPAddress? Address = null)
{
    /// <summary>Reads the value of the attribute.</summary>
    /// <param name="value">The text after the colon.</param>
    /// <param name="rtcp">The result.</param>
    /// <returns>True when it is well-formed.</returns>
    public static bool TryParse(string value, out RtcpAttribute rtcp)
    {
        rtcp = null!;
        var rest = value.AsSpan();
        if (!SdpText.TryTakeWord(ref rest, out var word) || !SdpText.TryParseNumber(word, 65535, out var port) || port == 0)
        {
            return false;
        }

        var address = rest.Trim();
        rtcp = new((int)port, address.IsEmpty ? null : SdpText.ParseConnection(address.ToString()));
        return address.IsEmpty || rtcp.Address is not null;
    }

    /// <summary>The value of the attribute.</summary>
    /// <returns>The text after the colon.</returns>
    public override string ToString() => Address is null ? SdpText.Number(Port) : $"{SdpText.Number(Port)} {SdpText.FormatConnection(Address)}";
}
