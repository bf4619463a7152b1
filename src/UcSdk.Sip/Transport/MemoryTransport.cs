using System.Collections.Concurrent;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>One transport on a <see cref="MemoryNetwork"/>: streams or datagrams, by its name. Reports on its loop.</summary>
internal sealed class MemoryTransport : ISipTransport
{
    private readonly MemoryNetwork _network;
    private readonly SipTransportAddress? _listen;
    private readonly SerialLoop _loop;
    // Written on the loop; whoever sends may look from elsewhere.
    private readonly ConcurrentDictionary<SipFlow, MemoryEnd> _ends = new(concurrencyLevel: 1, capacity: 1);
    private readonly Dictionary<SipTransportAddress, MemoryEnd> _datagramEnds = [];
    private readonly CancellationTokenSource _stopping = new();
    private ISipTransportEvents? _events;
    private Task? _disposal;
    private int _registered;

    public MemoryTransport(MemoryNetwork network, string host, SipTransportAddress? listen, SerialLoop loop)
    {
        _network = network;
        _listen = listen;
        _loop = loop;
        Host = host;
        Name = listen?.Transport ?? "TCP";
    }

    public string Host { get; }

    public string Name { get; }

    public SipTransportAddress? ListenAddress { get; private set; }

    private bool IsDatagram => Name == "UDP";

    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken = default) => _loop.InvokeAsync(async () =>
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        if (_events is not null)
        {
            throw new InvalidOperationException($"The {Name} transport of {Host} has been started before.");
        }

        _events = events;
        if (_listen is not null)
        {
            var address = _listen with { Port = _listen.Port == 0 ? _network.TakePort() : _listen.Port };
            await _network.InvokeAsync(() => _network.Listen(this, address));
            ListenAddress = address;
        }
    });

    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(() => ConnectOnLoopAsync(remote, cancellationToken));

    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (!_ends.TryGetValue(flow, out var end))
        {
            return ValueTask.FromException(new IOException($"The flow {flow} is gone."));
        }

        // The bytes are taken at once: they are the caller's again when this returns.
        var piece = new MemoryPiece(_network, end, message.ToArray());
        if (_loop.IsCurrent)
        {
            Send(piece);
        }
        else
        {
            _loop.Post(static piece => ((MemoryPiece)piece!).From.Transport.Send((MemoryPiece)piece), piece);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken = default)
    {
        await _loop.InvokeAsync(() =>
        {
            if (_ends.TryGetValue(flow, out var end))
            {
                end.Intake?.ExpectPong();
            }

            return SendAsync(flow, StreamIntake.Ping, cancellationToken).AsTask();
        });
    }

    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken = default) => _loop.InvokeAsync(
        () => _ends.TryGetValue(flow, out var end) ? CloseEndAsync(end, SipFlowEnd.ClosedLocally, null) : Task.CompletedTask);

    public async ValueTask DisposeAsync() => await _loop.InvokeAsync(() => _disposal ??= DisposeOnLoopAsync());

    /// <summary>From the network's loop: a peer has connected.</summary>
    internal void Accept(MemoryEnd end) => _loop.Post(() =>
    {
        if (_disposal is not null)
        {
            _network.Post(() => _network.CloseStream(end));
            return;
        }

        Register(end);
        _events!.FlowOpened(end.Flow);
    });

    /// <summary>From the network's loop: stream bytes have arrived.</summary>
    internal void Receive(MemoryPiece piece) => _loop.Post(static arrived => ((MemoryPiece)arrived!).To!.Transport.Take((MemoryPiece)arrived), piece);

    private void Take(MemoryPiece piece)
    {
        var end = piece.To!;
        if (!_ends.ContainsKey(end.Flow))
        {
            return;
        }

        end.Intake!.Give(piece.Bytes);
        if (!end.Intake.TryProcess())
        {
            GiveUp(end, new InvalidDataException($"{end.Flow.Remote} sent no SIP: {end.Intake.Fault}."));
        }
    }

    private void GiveUp(MemoryEnd end, Exception error)
    {
        Forget(end, SipFlowEnd.ProtocolViolation, error);
        _network.Post(() => _network.CloseStream(end));
    }

    /// <summary>From the network's loop: a datagram has arrived; a sender not known yet opens a flow.</summary>
    internal void ReceiveDatagram(SipTransportAddress from, ReadOnlyMemory<byte> bytes) => _loop.Post(() =>
    {
        if (_events is null || _disposal is not null || ListenAddress is not { } local)
        {
            return;
        }

        if (bytes.Span.Trim("\r\n"u8).IsEmpty)
        {
            // A keep-alive: it holds the way open and wants no answer ([MS-CONMGMT]).
            if (_datagramEnds.TryGetValue(from, out var alive))
            {
                _events.KeepAliveReceived(alive.Flow);
            }

            return;
        }

        if (!_datagramEnds.TryGetValue(from, out var end))
        {
            end = OpenDatagramFlow(local, from, isOutgoing: false);
            _events.FlowOpened(end.Flow);
        }

        // The receiver owns the bytes, and a duplicate has another receiver.
        _events.MessageReceived(end.Flow, bytes.ToArray());
    });

    /// <summary>From the network's loop: the end is no more.</summary>
    internal void Lose(MemoryEnd end, SipFlowEnd reason, Exception? error) => _loop.Post(() => Forget(end, reason, error));

    private async Task<SipFlow> ConnectOnLoopAsync(SipTransportAddress remote, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_events is null)
        {
            throw new InvalidOperationException($"The {Name} transport of {Host} has not been started; it cannot connect.");
        }

        if (IsDatagram)
        {
            return OpenDatagramFlow(ListenAddress!, remote, isOutgoing: true).Flow;
        }

        var local = new SipTransportAddress(Name, Host, _network.TakePort());
        return await ConnectStreamAsync(local, remote, cancellationToken);
    }

    private async Task<SipFlow> ConnectStreamAsync(SipTransportAddress local, SipTransportAddress remote, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<SipFlow>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new LoopTimer(_loop, () => done.TrySetException(new IOException($"Cannot connect to {remote}: no answer.")));
        using var cancel = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        using var stop = _stopping.Token.Register(() => done.TrySetException(new IOException($"Cannot connect to {remote}: the transport was closed.")));
        timer.SetDeadline(_loop.Now + _network.Options.ConnectTimeout);
        _network.Post(() => _network.Connect(this, local, remote, end => _loop.Post(() => EndConnect(end, remote, done))));
        return await done.Task;
    }

    // The flow is registered before anybody else gets a turn, so nothing that follows it can be missed.
    private void EndConnect(MemoryEnd? end, SipTransportAddress remote, TaskCompletionSource<SipFlow> done)
    {
        if (end is null)
        {
            done.TrySetException(new IOException($"Cannot connect to {remote}: refused."));
        }
        else if (done.TrySetResult(end.Flow))
        {
            Register(end);
        }
        else
        {
            // Whoever wanted it has given up meanwhile.
            _network.Post(() => _network.CloseStream(end));
        }
    }

    private MemoryEnd OpenDatagramFlow(SipTransportAddress local, SipTransportAddress remote, bool isOutgoing)
    {
        if (_datagramEnds.TryGetValue(remote, out var open))
        {
            return open;
        }

        var end = new MemoryEnd(this, new SipFlow(Name, local, remote, isReliable: false, isOutgoing));
        end.Number = ++_registered;
        _ends[end.Flow] = end;
        _datagramEnds.Add(remote, end);
        _network.Post(() => _network.AddEnd(end));
        return end;
    }

    private void Register(MemoryEnd end)
    {
        end.Intake = new StreamIntake(_network.Options.Limits, message => Deliver(end, message), reply => Send(new MemoryPiece(_network, end, reply.ToArray())), () => _events!.KeepAliveReceived(end.Flow));
        end.Number = ++_registered;
        _ends[end.Flow] = end;
    }

    private bool Deliver(MemoryEnd end, ReadOnlyMemory<byte> message)
    {
        _events!.MessageReceived(end.Flow, message);
        return _ends.ContainsKey(end.Flow);
    }

    private void Send(MemoryPiece piece)
    {
        if (!_ends.ContainsKey(piece.From.Flow))
        {
            // It was closed in between.
            return;
        }

        if (IsDatagram)
        {
            _network.Post(static piece => ((MemoryPiece)piece!).Network.SendDatagram((MemoryPiece)piece), piece);
        }
        else
        {
            _network.Post(static piece => ((MemoryPiece)piece!).Network.SendStream((MemoryPiece)piece), piece);
        }
    }

    private void Forget(MemoryEnd end, SipFlowEnd reason, Exception? error)
    {
        if (_ends.TryRemove(end.Flow, out _))
        {
            _datagramEnds.Remove(end.Flow.Remote);
            _events!.FlowClosed(end.Flow, reason, error);
        }
    }

    private Task CloseEndAsync(MemoryEnd end, SipFlowEnd reason, Exception? error)
    {
        Forget(end, reason, error);
        return _network.InvokeAsync(() =>
        {
            if (IsDatagram)
            {
                _network.RemoveEnd(end);
            }
            else
            {
                _network.CloseStream(end);
            }
        });
    }

    private async Task DisposeOnLoopAsync()
    {
        _stopping.Cancel();
        if (ListenAddress is { } address)
        {
            await _network.InvokeAsync(() => _network.StopListening(address));
        }

        foreach (var end in _ends.Values.OrderBy(end => end.Number).ToArray())
        {
            await CloseEndAsync(end, SipFlowEnd.ClosedLocally, null);
        }

        _stopping.Dispose();
    }
}
