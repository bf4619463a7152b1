using System.Net;
using System.Security.Cryptography;
using UcSdk.Media;

namespace UcSdk.Simulation.Tests;

/// <summary>A host's way to the media network: notes what is sent, and lets nothing through while either end is silenced.</summary>
internal sealed class MediaTap(SimulatedWorld world, IPAddress address) : IMediaNetwork
{
    public async ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default) =>
        new Tapped(world, await world.Media.GetHost(address).OpenAsync(cancellationToken));

    private sealed class Tapped(SimulatedWorld world, IMediaTransport inner) : IMediaTransport
    {
        public IPEndPoint RtpEndPoint => inner.RtpEndPoint;

        public IPEndPoint RtcpEndPoint => inner.RtcpEndPoint;

        public void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint destination)
        {
            var from = component == MediaComponent.Rtp ? RtpEndPoint : RtcpEndPoint;
            if (world.Conditions.KeepTranscript)
            {
                world.MediaTranscript.Add(new(world.Now, from, destination, datagram.Length, Convert.ToHexStringLower(SHA256.HashData(datagram.Span))));
            }

            if (!world.SilencedMedia.Contains(from.Address) && !world.SilencedMedia.Contains(destination.Address))
            {
                inner.Send(component, datagram, destination);
            }
        }

        public ValueTask<MediaDatagram> ReceiveAsync(MediaComponent component, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReceiveAsync(component, buffer, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
