using System.Net;
using System.Net.Sockets;

namespace UcSdk.Sip;

/// <summary>What a <see cref="UdpTransport"/> asks of the system beyond sending and receiving.</summary>
internal static class UdpSocket
{
    /// <summary>A socket at that address; IPv6's any address takes IPv4 too.</summary>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public static Socket Bind(IPAddress host, int port, int bufferBytes)
    {
        var socket = new Socket(host.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (host.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.ReceiveBufferSize = bufferBytes;
            socket.SendBufferSize = bufferBytes;
            socket.Bind(new IPEndPoint(host, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The address under which the socket sends to a peer. A socket of any address has none until it speaks: the routing of the system says which.</summary>
    public static SipTransportAddress AddressTowards(Socket socket, IPEndPoint remote)
    {
        var local = (IPEndPoint)socket.LocalEndPoint!;
        if (local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any))
        {
            try
            {
                var plain = remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote;
                using var probe = new Socket(plain.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                probe.Connect(plain);
                local = new IPEndPoint(((IPEndPoint)probe.LocalEndPoint!).Address, local.Port);
            }
            catch (SocketException)
            {
                // No route there yet: the address stays unspecified, and a send will tell.
            }
        }

        return SipTransportAddress.Of("UDP", local);
    }
}
