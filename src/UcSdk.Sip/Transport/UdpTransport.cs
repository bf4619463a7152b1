using System.Net;
using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// SIP over UDP (RFC 3261 §18): one socket, and one flow for every peer that it has heard of. Keep-alives are STUN Binding requests (RFC 5626
/// §3.5.2); those of peers are answered. Datagrams beyond the limits, and those that are neither SIP nor STUN nor a keep-alive, are dropped.
/// </summary>
public sealed class UdpTransport : ISipTransport
{
    private const string TransportName = "UDP";

    // A busy socket yields to what else the loop has to do after this many datagrams.
    private const int DatagramsPerTurn = 32;

    private readonly UdpTransportOptions _options;
    private readonly RandomSource _random;
    private readonly Dictionary<SocketAddress, UdpFlow> _byRemote = [];
    private readonly Dictionary<SipFlow, UdpFlow> _byFlow = [];
    private readonly LinkedList<UdpFlow> _bySilence = new();
    private readonly HashSet<UdpFlow> _keptAlive = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _buffer;
    private SerialLoop _loop;
    private ISipTransportEvents? _events;
    private Socket? _socket;
    private LoopTimer? _timer;
    private SocketAddress? _sender;
    private Task _receiver = Task.CompletedTask;
    private Task? _disposal;

    /// <summary>A transport that reports on the loop of the endpoint that starts it.</summary>
    public UdpTransport(UdpTransportOptions? options = null)
        : this(options ?? UdpTransportOptions.Default, new SerialLoop(LoopRuntime.OnThreadPool((options ?? UdpTransportOptions.Default).Time).Scheduler), SystemRandomSource.Instance)
    {
    }

    internal UdpTransport(UdpTransportOptions options, SerialLoop loop, RandomSource random)
    {
        _options = options;
        _loop = loop;
        _random = random;
        _buffer = GC.AllocateUninitializedArray<byte>(ushort.MaxValue, pinned: true);
    }

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public SipTransportAddress? ListenAddress { get; private set; }

    /// <summary>Datagrams that were dropped because they exceed the limits or are no SIP.</summary>
    public long DroppedDatagrams { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken = default)
    {
        // On the loop of the endpoint no datagram has to change threads before it is read.
        if (events is ILoopOwner owner && _events is null)
        {
            _loop = owner.Loop;
        }

        return _loop.InvokeAsync(() => StartOnLoopAsync(events, cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(() => ConnectOnLoopAsync(remote, cancellationToken));

    /// <inheritdoc/>
    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _loop.IsCurrent ? SendOnLoopAsync(flow, message) : SendFromElsewhereAsync(flow, message);
    }

    /// <inheritdoc/>
    public ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_loop.InvokeAsync(() => SendKeepAliveOnLoopAsync(flow)));
    }

    /// <inheritdoc/>
    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken = default) => _loop.InvokeAsync(() =>
    {
        if (_byFlow.TryGetValue(flow, out var known))
        {
            Forget(known, SipFlowEnd.ClosedLocally, null);
        }

        return Task.CompletedTask;
    });

    /// <summary>Closes the socket and every flow; a second call gives the same result.</summary>
    public async ValueTask DisposeAsync() => await _loop.InvokeAsync(() => _disposal ??= DisposeOnLoopAsync());

    private ValueTask SendFromElsewhereAsync(SipFlow flow, ReadOnlyMemory<byte> message) =>
        new(_loop.InvokeAsync(() => SendOnLoopAsync(flow, message).AsTask()));

    private async Task StartOnLoopAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        if (_events is not null)
        {
            throw new InvalidOperationException("The UDP transport has been started before.");
        }

        _events = events;
        _timer = new(_loop, Elapse);
        var address = _options.Listen ?? new(TransportName, Socket.OSSupportsIPv6 ? "[::]" : "0.0.0.0", 0);
        try
        {
            _socket = UdpSocket.Bind((await HostAddress.ResolveAsync(address.Host, cancellationToken))[0], address.Port, _options.SocketBufferBytes);
        }
        catch (SocketException failure)
        {
            throw new IOException($"Cannot listen on {address}: {failure.Message}", failure);
        }

        _sender = new SocketAddress(_socket.AddressFamily);
        ListenAddress = address with { Transport = TransportName, Port = ((IPEndPoint)_socket.LocalEndPoint!).Port };
        _receiver = ReceiveAsync(_socket, events);
    }

    private async Task ReceiveAsync(Socket socket, ISipTransportEvents events)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                if (count == DatagramsPerTurn)
                {
                    count = 0;
                    await Task.Yield();
                }

                var length = await socket.ReceiveFromAsync(_buffer, SocketFlags.None, _sender!, _stopping.Token);
                Take(_buffer.AsMemory(0, length), _sender!, events);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // What an earlier datagram met (ICMP) is told here on some systems; the peers of the others are still there.
                DroppedDatagrams++;
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> datagram, SocketAddress sender, ISipTransportEvents events)
    {
        var flow = _byRemote.GetValueOrDefault(sender);
        if (StunMessage.TryParse(datagram, out var stun))
        {
            TakeStun(stun, sender, flow);
        }
        else if (datagram.Length > (long)_options.Limits.MaxHeaderBytes + _options.Limits.MaxBodyBytes)
        {
            DroppedDatagrams++;
        }
        else if (datagram.Span.ContainsAnyExcept("\r\n\0"u8))
        {
            flow ??= Open(sender, isOutgoing: false, events);
            Touch(flow);
            events.MessageReceived(flow.Flow, datagram.ToArray());
        }
        else if (flow is not null)
        {
            // A keep-alive of peers without STUN: line ends or a zero byte.
            Touch(flow);
            events.KeepAliveReceived(flow.Flow);
        }
    }

    private void TakeStun(StunMessage message, SocketAddress sender, UdpFlow? flow)
    {
        if (message.Type == StunMessageType.BindingRequest)
        {
            Post(StunMessage.CreateBindingSuccess(message, EndPointOf(sender)), sender);
            if (flow is not null)
            {
                _events?.KeepAliveReceived(flow.Flow);
            }
        }
        else if (flow?.KeepAlive is { } waiting && waiting.IsAnsweredBy(message))
        {
            // An error answer says too that the peer is there.
            flow.KeepAlive = null;
            _keptAlive.Remove(flow);
            Touch(flow);
        }
    }

    private async Task<SipFlow> ConnectOnLoopAsync(SipTransportAddress remote, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        if (_socket is not { } socket || _events is not { } events)
        {
            throw new InvalidOperationException("The UDP transport has not been started; it cannot connect.");
        }

        var addresses = await HostAddress.ResolveAsync(remote.Host, cancellationToken);
        var fitting = Array.Find(addresses, address => address.AddressFamily == socket.AddressFamily || socket.DualMode)
            ?? throw new IOException($"Cannot reach {remote} from {ListenAddress}: another address family.");
        var target = socket.AddressFamily == AddressFamily.InterNetworkV6 ? fitting.MapToIPv6() : fitting;
        var sender = new IPEndPoint(target, remote.Port).Serialize();
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        var flow = _byRemote.GetValueOrDefault(sender) ?? Open(sender, isOutgoing: true, events);
        Touch(flow);
        return flow.Flow;
    }

    private UdpFlow Open(SocketAddress sender, bool isOutgoing, ISipTransportEvents events)
    {
        if (_byFlow.Count >= _options.MaxFlows)
        {
            Forget(_bySilence.First!.Value, SipFlowEnd.LimitReached, null);
        }

        // The socket overwrites its own copy with the next sender.
        var remote = new SocketAddress(sender.Family, sender.Size);
        sender.Buffer.Span[..sender.Size].CopyTo(remote.Buffer.Span);
        var peer = EndPointOf(remote);
        var flow = new UdpFlow(
            new SipFlow(TransportName, UdpSocket.AddressTowards(_socket!, peer), SipTransportAddress.Of(TransportName, peer), isReliable: false, isOutgoing), remote);
        _byRemote.Add(remote, flow);
        _byFlow.Add(flow.Flow, flow);
        flow.Place = _bySilence.AddLast(flow);
        if (!isOutgoing)
        {
            events.FlowOpened(flow.Flow);
        }

        return flow;
    }


    private void Touch(UdpFlow flow)
    {
        flow.LastUsed = _loop.Now;
        _bySilence.Remove(flow.Place!);
        _bySilence.AddLast(flow.Place!);
        SetTimer();
    }

    private void Forget(UdpFlow flow, SipFlowEnd end, Exception? error)
    {
        _byRemote.Remove(flow.Remote);
        _byFlow.Remove(flow.Flow);
        _bySilence.Remove(flow.Place!);
        _keptAlive.Remove(flow);
        _events!.FlowClosed(flow.Flow, end, error);
    }

    private ValueTask SendOnLoopAsync(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (!_byFlow.TryGetValue(flow, out var known))
        {
            return ValueTask.FromException(new IOException($"The flow {flow} is gone."));
        }

        Touch(known);
        return SendAsync(known, message);
    }

    private async ValueTask SendAsync(UdpFlow known, ReadOnlyMemory<byte> message)
    {
        var flow = known.Flow;
        try
        {
            await _socket!.SendToAsync(message, SocketFlags.None, known.Remote, _stopping.Token);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.MessageSize)
        {
            throw new IOException($"{message.Length} bytes are too many for a datagram to {flow.Remote}.", failure);
        }
        catch (SocketException failure)
        {
            Lose(known, failure);
            throw new IOException($"Nothing can be sent to {flow.Remote}: {failure.Message}", failure);
        }
    }

    private async Task SendKeepAliveOnLoopAsync(SipFlow flow)
    {
        if (_byFlow.TryGetValue(flow, out var known) && known.KeepAlive is null)
        {
            known.KeepAlive = new(StunMessage.CreateBindingRequest(_random), _loop.Now, _options.KeepAliveTimeout);
            _keptAlive.Add(known);
            SetTimer();
            await SendOnLoopAsync(flow, known.KeepAlive.Request);
        }
    }

    // A datagram that nobody waits for: one that cannot leave is like one that was lost.
    private void Post(ReadOnlyMemory<byte> datagram, SocketAddress to)
    {
        try
        {
            _socket!.SendTo(datagram.Span, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            DroppedDatagrams++;
        }
    }

    private void Elapse()
    {
        var now = _loop.Now;
        foreach (var flow in _keptAlive.ToArray())
        {
            if (flow.KeepAlive!.IsLost(now))
            {
                Lose(flow, new TimeoutException($"{flow.Flow.Remote} answers no keep-alive."));
            }
            else if (flow.KeepAlive.TryRepeat(now))
            {
                Post(flow.KeepAlive.Request, flow.Remote);
            }
        }

        while (_options.FlowIdleTimeout > TimeSpan.Zero && _bySilence.First?.Value is { } silent && silent.LastUsed + _options.FlowIdleTimeout <= now)
        {
            Forget(silent, SipFlowEnd.Idle, null);
        }

        SetTimer();
    }

    private void Lose(UdpFlow flow, Exception error)
    {
        if (_byFlow.ContainsKey(flow.Flow))
        {
            Forget(flow, SipFlowEnd.ConnectionLost, error);
        }
    }

    private void SetTimer()
    {
        Timestamp? deadline = _options.FlowIdleTimeout > TimeSpan.Zero && _bySilence.First is { } first ? first.Value.LastUsed + _options.FlowIdleTimeout : null;
        foreach (var flow in _keptAlive)
        {
            deadline = deadline is { } other && other < flow.KeepAlive!.Deadline ? other : flow.KeepAlive!.Deadline;
        }

        _timer!.SetDeadline(deadline);
    }

    private IPEndPoint EndPointOf(SocketAddress address) => (IPEndPoint)_socket!.LocalEndPoint!.Create(address);

    private async Task DisposeOnLoopAsync()
    {
        _stopping.Cancel();
        await _receiver;
        _socket?.Dispose();
        foreach (var flow in _byFlow.Values.ToArray())
        {
            Forget(flow, SipFlowEnd.ClosedLocally, null);
        }

        _timer?.Dispose();
        _stopping.Dispose();
    }
}
