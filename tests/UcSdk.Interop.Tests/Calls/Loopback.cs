using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Transports on loopback, on a port that was free.</summary>
internal static class Loopback
{
    public static ISipTransport Listen(string transport) => transport switch
    {
        "TCP" => new TcpTransport(new TcpTransportOptions { Listen = new("TCP", "127.0.0.1", 0) }),
        _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "No such transport."),
    };
}
