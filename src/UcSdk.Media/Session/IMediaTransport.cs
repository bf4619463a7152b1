using System.Net;

namespace UcSdk.Media;

/// <summary>The two transport addresses of one RTP session. Datagrams may be lost, repeated and reordered.</summary>
public interface IMediaTransport : IAsyncDisposable
{
    /// <summary>The address for RTP, as the peer is told it; the port is even.</summary>
    IPEndPoint RtpEndPoint { get; }

    /// <summary>The address for RTCP, as the peer is told it.</summary>
    IPEndPoint RtcpEndPoint { get; }

    /// <summary>Sends a datagram without waiting; one that cannot be sent now is lost, as on any network.</summary>
    /// <param name="component">The flow to send from.</param>
    /// <param name="datagram">The bytes; read before the method returns.</param>
    /// <param name="destination">The peer's address.</param>
    void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination);

    /// <summary>Waits for the next datagram of one flow; at most one wait per flow at a time.</summary>
    /// <param name="component">The flow to read.</param>
    /// <param name="buffer">Where the datagram goes; what does not fit is cut off. 2048 bytes hold every packet of this floor.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its length and where it came from.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled or the transport was disposed.</exception>
    ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default);
}
