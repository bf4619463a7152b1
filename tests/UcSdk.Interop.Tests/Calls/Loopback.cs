using System.Security.Cryptography.X509Certificates;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Transports on loopback, on a port that was free.</summary>
internal static class Loopback
{
    /// <summary>A transport that listens; one for TLS only connects, trusting the given root.</summary>
    public static ISipTransport Open(string transport, X509Certificate2? trustedRoot = null) => transport switch
    {
        "TCP" => new TcpTransport(new TcpTransportOptions { Listen = new("TCP", "127.0.0.1", 0) }),
        "UDP" => new UdpTransport(new UdpTransportOptions { Listen = new("UDP", "127.0.0.1", 0) }),
        "TLS" => new TlsTransport(new TlsTransportOptions { TrustedRoots = trustedRoot is null ? null : [trustedRoot] }),
        _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "No such transport."),
    };
}
