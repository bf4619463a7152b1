using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>SIP over TCP, in the clear.</summary>
public sealed class TcpTransport : StreamTransport
{
    /// <summary>A transport that reports on the loop of the endpoint that starts it.</summary>
    public TcpTransport(TcpTransportOptions? options = null)
        : base("TCP", options ?? TcpTransportOptions.Default, null)
    {
    }

    internal TcpTransport(TcpTransportOptions options, SerialLoop loop)
        : base("TCP", options, loop)
    {
    }

    private protected override Task<SecuredStream> SecureAsync(Socket socket, SipTransportAddress? remote, CancellationToken cancellationToken) =>
        Task.FromResult(new SecuredStream(new NetworkStream(socket, ownsSocket: true), null));
}
