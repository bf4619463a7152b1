using System.Net;
using UcSdk.Media;

namespace UcSdk.TestKit;

/// <summary>A media network that can be cut in either direction.</summary>
internal sealed class FaultyMediaNetwork(IMediaNetwork inner, MediaFaults faults) : IMediaNetwork
{
    public async ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default) =>
        new Transport(await inner.OpenAsync(cancellationToken), faults);

    private sealed class Transport(IMediaTransport inner, MediaFaults faults) : IMediaTransport
    {
        public IPEndPoint RtpEndPoint => inner.RtpEndPoint;

        public IPEndPoint RtcpEndPoint => inner.RtcpEndPoint;

        public void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination)
        {
            if (!faults.IsMute)
            {
                inner.Send(component, datagram, destination);
            }
        }

        public async ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            MediaDatagram datagram;
            do
            {
                datagram = await inner.ReceiveAsync(component, buffer, cancellationToken);
            }
            while (faults.IsDeaf);
            return datagram;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
