using System.Net;

namespace UcSdk.Media;

/// <summary>A pair of ports in an in-memory network.</summary>
internal sealed class MemoryMediaTransport(MemoryMediaNetwork network, IPEndPoint rtp, IPEndPoint rtcp) : IMediaTransport
{
    public IPEndPoint RtpEndPoint => rtp;

    public IPEndPoint RtcpEndPoint => rtcp;

    internal MemoryMailbox RtpMailbox { get; } = new();

    internal MemoryMailbox RtcpMailbox { get; } = new();

    public void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination) =>
        network.Send(component == MediaComponent.Rtp ? rtp : rtcp, datagram, destination);

    public async ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var datagram = await network.TakeAsync(component == MediaComponent.Rtp ? RtpMailbox : RtcpMailbox, cancellationToken);
        var length = Math.Min(buffer.Length, datagram.Bytes.Length);
        datagram.Bytes.AsMemory(0, length).CopyTo(buffer);
        return new(length, datagram.Source);
    }

    public async ValueTask DisposeAsync() => await network.CloseAsync(this);
}
