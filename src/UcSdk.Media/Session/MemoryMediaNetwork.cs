using System.Net;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// A network of datagrams in memory: hosts with addresses and ports, and conditions as bad as wanted, drawn from a seed. Everything that a
/// test or a demonstration needs to run calls on one machine without sockets.
/// </summary>
public sealed class MemoryMediaNetwork : IDisposable
{
    /// <summary>The first RTP port of each host.</summary>
    internal const int FirstPort = 49152;

    private readonly SerialLoop _loop;
    private readonly LoopTimer _timer;
    private readonly NetworkConditions _conditions;
    private readonly SeededRandomSource _random;
    private readonly TimerQueue<MemoryDatagram> _travelling = new();
    private readonly Dictionary<IPEndPoint, MemoryMailbox> _bound = [];
    private int _openPorts;
    private long _carried;
    private long _lost;

    /// <summary>Makes a network that runs by itself.</summary>
    /// <param name="options">Its conditions; default a perfect network.</param>
    public MemoryMediaNetwork(MemoryMediaNetworkOptions? options = null)
        : this(new ThreadPoolScheduler((options ?? new()).Time), options ?? new())
    {
    }

    internal MemoryMediaNetwork(ILoopScheduler scheduler, MemoryMediaNetworkOptions options)
    {
        _conditions = options.ToConditions();
        _random = new(options.Seed);
        _loop = new(scheduler);
        _timer = new(_loop, DeliverDue);
    }

    /// <summary>How many ports are open, over all hosts; 0 when every session has closed.</summary>
    public int OpenPorts => Volatile.Read(ref _openPorts);

    /// <summary>Datagrams that reached a port.</summary>
    public long DatagramsCarried => Interlocked.Read(ref _carried);

    /// <summary>Datagrams that vanished: by the conditions, or because nobody has the port or its queue is full.</summary>
    public long DatagramsLost => Interlocked.Read(ref _lost);

    /// <summary>The host with that address; asking again gives the same host.</summary>
    /// <param name="address">Any address; it is used only inside this network.</param>
    /// <returns>Where sessions of that host get their ports.</returns>
    public IMediaNetwork GetHost(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new MemoryMediaHost(this, address);
    }

    /// <summary>Stops the network: datagrams on their way never arrive.</summary>
    public void Dispose() => _loop.Run(_timer.Dispose);

    internal Task<MemoryMediaTransport> OpenAsync(IPAddress address) => _loop.InvokeAsync(() =>
    {
        for (var port = FirstPort; port < IPEndPoint.MaxPort; port += 2)
        {
            var rtp = new IPEndPoint(address, port);
            if (!_bound.ContainsKey(rtp))
            {
                var transport = new MemoryMediaTransport(this, rtp, new(address, port + 1));
                _bound.Add(transport.RtpEndPoint, transport.RtpMailbox);
                _bound.Add(transport.RtcpEndPoint, transport.RtcpMailbox);
                Interlocked.Add(ref _openPorts, 2);
                return transport;
            }
        }

        throw new IOException($"No pair of ports is free at {address}.");
    });

    internal Task CloseAsync(MemoryMediaTransport transport) => _loop.InvokeAsync(() =>
    {
        if (_bound.Remove(transport.RtpEndPoint) && _bound.Remove(transport.RtcpEndPoint))
        {
            Interlocked.Add(ref _openPorts, -2);
            transport.RtpMailbox.Close();
            transport.RtcpMailbox.Close();
        }

        return Task.CompletedTask;
    });

    internal void Send(IPEndPoint source, ReadOnlyMemory<byte> datagram, IPEndPoint destination)
    {
        var copy = datagram.ToArray();
        _loop.Post(() => Carry(source, copy, destination));
    }

    internal Task<MemoryDatagram> TakeAsync(MemoryMailbox mailbox, CancellationToken cancellationToken) =>
        _loop.InvokeAsync(() => mailbox.TakeAsync(_loop, cancellationToken));

    private void Carry(IPEndPoint source, byte[] bytes, IPEndPoint destination)
    {
        if (_conditions.IsLost(_random))
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        var copies = _conditions.IsDuplicated(_random) ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var datagram = new MemoryDatagram(source, destination, bytes);
            var delay = _conditions.NextDelay(_random);
            if (delay == TimeSpan.Zero)
            {
                Deliver(datagram);
            }
            else
            {
                _travelling.Set(datagram, _loop.Now + delay);
            }
        }

        _timer.SetDeadline(_travelling.NextDeadline);
    }

    private void DeliverDue()
    {
        while (_travelling.TryTakeDue(_loop.Now, out var datagram))
        {
            Deliver(datagram);
        }

        _timer.SetDeadline(_travelling.NextDeadline);
    }

    private void Deliver(MemoryDatagram datagram)
    {
        if (_bound.TryGetValue(datagram.Destination, out var mailbox) && mailbox.TryPut(datagram))
        {
            Interlocked.Increment(ref _carried);
        }
        else
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
