using System.Net.Sockets;

namespace UcSdk.Sip;

/// <summary>
/// The transports that an address asks for: TCP, TLS, or UDP with TCP on the same port beside it, as RFC 3261 §18.2.1 wants, since large
/// requests leave UDP for TCP (§18.1.1).
/// </summary>
public static class SipTransports
{
    /// <summary>True for the transports that this library has: TCP, TLS and UDP.</summary>
    /// <param name="transport">As in Via; compared without regard to case.</param>
    public static bool IsKnown(string transport) => transport.ToUpperInvariant() is "TCP" or "TLS" or "UDP";

    /// <summary>What a server listens with. Start them in this order; with port 0 the second takes the port that the first got.</summary>
    /// <param name="address">Where to listen; port 0 takes any free one.</param>
    /// <param name="limits">What peers may send; null for <see cref="SipLimits.Default"/>.</param>
    /// <param name="tls">Our certificate and what else TLS needs; its <see cref="StreamTransportOptions.Listen"/> and limits are those given here.</param>
    /// <exception cref="ArgumentException">There is no such transport, or TLS lacks a certificate with its private key.</exception>
    public static IReadOnlyList<ISipTransport> ToListen(SipTransportAddress address, SipLimits? limits = null, TlsTransportOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var allowed = limits ?? SipLimits.Default;
        return address.Transport switch
        {
            "TCP" => [new TcpTransport(new TcpTransportOptions { Listen = address, Limits = allowed })],
            "TLS" => [new TlsTransport((tls ?? TlsTransportOptions.Default) with { Listen = address, Limits = allowed })],
            "UDP" => WithDatagrams(address, allowed),
            _ => throw Unknown(address),
        };
    }

    /// <summary>
    /// What a client reaches a server with. With UDP it listens too, on one free port of every address, since the server's large requests come by TCP.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="limits">What the server may send; null for <see cref="SipLimits.Default"/>.</param>
    /// <param name="tls">Whom TLS trusts and what else it needs; null for the defaults. The limits are those given here.</param>
    /// <exception cref="ArgumentException">There is no such transport.</exception>
    public static IReadOnlyList<ISipTransport> ToReach(SipTransportAddress server, SipLimits? limits = null, TlsTransportOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        var allowed = limits ?? SipLimits.Default;
        return server.Transport switch
        {
            "TCP" => [new TcpTransport(new TcpTransportOptions { Limits = allowed })],
            "TLS" => [new TlsTransport((tls ?? TlsTransportOptions.Default) with { Limits = allowed })],
            "UDP" => WithDatagrams(new SipTransportAddress("UDP", Socket.OSSupportsIPv6 ? "[::]" : "0.0.0.0", 0), allowed),
            _ => throw Unknown(server),
        };
    }

    private static ISipTransport[] WithDatagrams(SipTransportAddress address, SipLimits limits)
    {
        var datagrams = new UdpTransport(new UdpTransportOptions { Listen = address, Limits = limits });
        return [datagrams, new TcpTransport(new TcpTransportOptions { Listen = address with { Transport = "TCP" }, Limits = limits, Beside = datagrams })];
    }

    private static ArgumentException Unknown(SipTransportAddress address) =>
        new($"There is no transport {address.Transport} here for {address}; there are TCP, TLS and UDP.", nameof(address));
}
