using System.Net;

namespace UcSdk.Media.Tests.Session;

/// <summary>A host whose cable can be pulled: what it sends then goes nowhere.</summary>
internal sealed class CuttableNetwork(IMediaNetwork inner) : IMediaNetwork
{
    public bool IsCut { get; set; }

    public async ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default) =>
        new Transport(await inner.OpenAsync(cancellationToken), this);

    private sealed class Transport(IMediaTransport inner, CuttableNetwork network) : IMediaTransport
    {
        public IPEndPoint RtpEndPoint => inner.RtpEndPoint;

        public IPEndPoint RtcpEndPoint => inner.RtcpEndPoint;

        public void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination)
        {
            if (!network.IsCut)
            {
                inner.Send(component, datagram, destination);
            }
        }

        public ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReceiveAsync(component, buffer, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
