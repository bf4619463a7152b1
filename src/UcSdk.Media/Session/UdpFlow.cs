using System.Net;
using System.Net.Sockets;

namespace UcSdk.Media;

/// <summary>One UDP socket. Addresses are kept in the form that the system uses, so that the same peer costs nothing per datagram.</summary>
internal sealed class UdpFlow : IDisposable
{
    // Windows reports an ICMP "port unreachable" as an error of the next receive unless told not to.
    private const int SioUdpConnReset = unchecked((int)0x9800000C);

    private readonly Socket _socket;
    private readonly SocketAddress _received;
    private IPEndPoint _source;
    private SocketAddress _sourceAddress;
    private IPEndPoint? _destination;
    private SocketAddress? _destinationAddress;
    private volatile bool _isDisposed;

    public UdpFlow(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
        _received = new(socket.AddressFamily);
        _source = new(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        _sourceAddress = _source.Serialize();
        if (OperatingSystem.IsWindows())
        {
            _socket.IOControl(SioUdpConnReset, [0], null);
        }
    }

    public void Send(ReadOnlyMemory<byte> datagram, IPEndPoint destination)
    {
        if (_destinationAddress is null || !destination.Equals(_destination))
        {
            _destination = destination;
            _destinationAddress = destination.Serialize();
        }

        try
        {
            _socket.SendTo(datagram.Span, SocketFlags.None, _destinationAddress);
        }
        catch (SocketException)
        {
            // No route, no peer or no room: the datagram is lost, as on any network.
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // Closed meanwhile: likewise.
        }
    }

    public async ValueTask<MediaDatagram> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _received, cancellationToken);
                return new(length, ReadSource());
            }
            catch (SocketException) when (!_isDisposed)
            {
                // An earlier datagram was refused (ICMP) or this one was too long: the next may be well.
            }
            catch (Exception failure) when (_isDisposed && failure is SocketException or ObjectDisposedException)
            {
                throw new OperationCanceledException("The media transport was closed.", failure);
            }
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _socket.Dispose();
    }

    private IPEndPoint ReadSource()
    {
        if (!_received.Equals(_sourceAddress))
        {
            _source = (IPEndPoint)_source.Create(_received);
            _sourceAddress = _source.Serialize();
        }

        return _source;
    }
}
