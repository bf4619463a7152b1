using System.Net;

namespace UcSdk.Media;

/// <summary>The sockets of one media session and the two tasks that read them. Used on the loop.</summary>
internal sealed class MediaPorts : IAsyncDisposable
{
    // The largest datagram that Ethernet carries whole is 1500 bytes; RTP stays below.
    private const int BufferLength = 2048;

    private readonly CancellationTokenSource _closing = new();
    private readonly Action<MediaComponent, Memory<byte>> _onDatagram;
    private Task _reading = Task.CompletedTask;
    private IPEndPoint? _remoteRtp;
    private IPEndPoint? _remoteRtcp;
    private long _early;

    public MediaPorts(IMediaTransport transport, Action<MediaComponent, Memory<byte>> onDatagram)
    {
        Transport = transport;
        _onDatagram = onDatagram;
    }

    public IMediaTransport Transport { get; }

    public void SetDestinations(IPEndPoint? rtp, IPEndPoint? rtcp)
    {
        _remoteRtp = rtp;
        _remoteRtcp = rtcp;
    }

    /// <summary>Begins to read; ends with <see cref="DisposeAsync"/>.</summary>
    public void Start() => _reading = Task.WhenAll(ReadAsync(MediaComponent.Rtp), ReadAsync(MediaComponent.Rtcp));

    /// <summary>A datagram came before the agreement.</summary>
    public void CountEarly() => _early++;

    public MediaStatistics AddTo(MediaStatistics statistics) => _early == 0
        ? statistics
        : statistics with { Dropped = new Dictionary<MediaDropReason, long>(statistics.Dropped) { [MediaDropReason.NotNegotiated] = _early } };

    public void SendRtp(ReadOnlyMemory<byte> datagram) => Send(MediaComponent.Rtp, datagram, _remoteRtp);

    public void SendRtcp(ReadOnlyMemory<byte> datagram) => Send(MediaComponent.Rtcp, datagram, _remoteRtcp);

    public async ValueTask DisposeAsync()
    {
        _closing.Cancel(); // Not CancelAsync: that would run on the thread pool, and all work belongs to loops.
        await Transport.DisposeAsync();
        await _reading;
        _closing.Dispose();
    }

    private void Send(MediaComponent component, ReadOnlyMemory<byte> datagram, IPEndPoint? destination)
    {
        if (destination is not null)
        {
            Transport.Send(component, datagram, destination);
        }
    }

    private async Task ReadAsync(MediaComponent component)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (true)
            {
                var datagram = await Transport.ReceiveAsync(component, buffer, _closing.Token);
                _onDatagram(component, buffer.AsMemory(0, datagram.Length));
            }
        }
        catch (OperationCanceledException)
        {
            // The session closes.
        }
    }
}
