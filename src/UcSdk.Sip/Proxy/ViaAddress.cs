using System.Globalization;

namespace UcSdk.Sip;

/// <summary>Where a response goes by a Via (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
internal static class ViaAddress
{
    /// <summary>The source of the request, as the element that received it has marked it, and where to go when there is no connection to it.</summary>
    public static (SipTransportAddress Source, SipTransportAddress Reopened) Of(Via via)
    {
        var transport = via.Transport.ToUpperInvariant();
        var host = via.Parameters["received"] ?? via.Host;
        var port = via.Port ?? (transport == "TLS" ? 5061 : 5060);
        var source = int.TryParse(via.Parameters["rport"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : port;
        return transport == "UDP"
            ? (new(transport, host, source), new(transport, via.Parameters["maddr"] ?? host, source))
            : (new(transport, host, source), new(transport, host, port));
    }
}
