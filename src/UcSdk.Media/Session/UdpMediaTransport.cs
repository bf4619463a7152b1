using System.Net;
using System.Net.Sockets;

namespace UcSdk.Media;

/// <summary>A pair of UDP sockets.</summary>
internal sealed class UdpMediaTransport : IMediaTransport
{
    // Half a second of eight streams; the default of some systems holds less than a loop may need to come round.
    private const int ReceiveBuffer = 256 * 1024;

    private readonly UdpFlow _rtp;
    private readonly UdpFlow _rtcp;

    public UdpMediaTransport(Socket rtp, Socket rtcp, IPAddress advertised)
    {
        rtp.ReceiveBufferSize = ReceiveBuffer;
        RtpEndPoint = new(advertised, ((IPEndPoint)rtp.LocalEndPoint!).Port);
        RtcpEndPoint = new(advertised, ((IPEndPoint)rtcp.LocalEndPoint!).Port);
        _rtp = new(rtp);
        _rtcp = new(rtcp);
    }

    public IPEndPoint RtpEndPoint { get; }

    public IPEndPoint RtcpEndPoint { get; }

    public void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination) =>
        Select(component).Send(datagram, destination);

    public ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Select(component).ReceiveAsync(buffer, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private UdpFlow Select(MediaComponent component) => component == MediaComponent.Rtp ? _rtp : _rtcp;
}
