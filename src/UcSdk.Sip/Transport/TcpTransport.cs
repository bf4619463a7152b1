using System.Net;
using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// SIP over TCP (RFC 3261 §18): listens and connects, cuts the streams into messages, answers keep-alive pings with a CRLF, and gives up
/// peers that exceed its limits. A request that cannot be followed is answered 400, 413 or 513 where its head can be read, and the
/// connection is closed.
/// </summary>
public sealed class TcpTransport : ISipTransport
{
    private const string TransportName = "TCP";

    // After a failed accept (no descriptors left, say) the listener rests before it tries again.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly TcpTransportOptions _options;
    private readonly Dictionary<SipFlow, StreamConnection> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private SerialLoop _loop;
    private ISipTransportEvents? _events;
    private Socket? _listener;
    private Task _acceptor = Task.CompletedTask;
    private Task? _disposal;
    private int _accepted;

    /// <summary>A transport that reports on the loop of the endpoint that starts it.</summary>
    public TcpTransport(TcpTransportOptions? options = null)
        : this(options ?? TcpTransportOptions.Default, new SerialLoop(LoopRuntime.OnThreadPool((options ?? TcpTransportOptions.Default).Time).Scheduler))
    {
    }

    internal TcpTransport(TcpTransportOptions options, SerialLoop loop)
    {
        _options = options;
        _loop = loop;
    }

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public SipTransportAddress? ListenAddress { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken = default)
    {
        // On the loop of the endpoint no message has to change threads before it is read.
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
    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        SendOnLoopAsync(flow, message, isPing: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken = default) =>
        SendOnLoopAsync(flow, default, isPing: true, cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken = default) => _loop.InvokeAsync(
        () => _connections.TryGetValue(flow, out var connection) ? connection.CloseAsync().WaitAsync(cancellationToken) : Task.CompletedTask);

    /// <summary>Stops listening and closes every connection in order; a second call gives the same result.</summary>
    public async ValueTask DisposeAsync() => await _loop.InvokeAsync(() => _disposal ??= DisposeOnLoopAsync());

    private async Task StartOnLoopAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        if (_events is not null)
        {
            throw new InvalidOperationException("The TCP transport has been started before.");
        }

        _events = events;
        if (_options.Listen is not { } address)
        {
            return;
        }

        _listener = await ListenAsync(address, cancellationToken);
        ListenAddress = address with { Transport = TransportName, Port = ((IPEndPoint)_listener.LocalEndPoint!).Port };
        _acceptor = AcceptAsync(_listener, events);
    }

    private async Task<Socket> ListenAsync(SipTransportAddress address, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            var host = (await HostAddress.ResolveAsync(address.Host, cancellationToken))[0];
            socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (host.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(host, address.Port));
            socket.Listen(_options.Backlog);
            return socket;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw new IOException($"Cannot listen on {address}: {failure.Message}", failure);
        }
    }

    private async Task AcceptAsync(Socket listener, ISipTransportEvents events)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await listener.AcceptAsync(_stopping.Token), events);
            }
            catch (SocketException)
            {
                await PauseAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await _loop.DelayAsync(AcceptPause, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The transport stops; the caller's loop sees it.
        }
    }

    private void Take(Socket socket, ISipTransportEvents events)
    {
        if (_accepted >= _options.Limits.MaxConnections || _stopping.IsCancellationRequested)
        {
            socket.Dispose();
            return;
        }

        _accepted++;
        events.FlowOpened(Open(socket, isOutgoing: false, events));
    }

    private async Task<SipFlow> ConnectOnLoopAsync(SipTransportAddress remote, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        var events = _events ?? throw new InvalidOperationException("The TCP transport has not been started; it cannot connect.");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        using var timer = new LoopTimer(_loop, giveUp.Cancel);
        timer.SetDeadline(_loop.Now + _options.ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(await HostAddress.ResolveAsync(remote.Host, giveUp.Token), remote.Port, giveUp.Token);
            // The transport may have been disposed between the connection's coming and this turn of the loop.
            giveUp.Token.ThrowIfCancellationRequested();
            return Open(socket, isOutgoing: true, events);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {remote}: {failure.Message}", failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException(_stopping.IsCancellationRequested
                ? $"Cannot connect to {remote}: the transport was closed."
                : $"Cannot connect to {remote} within {_options.ConnectTimeout}.");
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private SipFlow Open(Socket socket, bool isOutgoing, ISipTransportEvents events)
    {
        socket.NoDelay = true;
        var local = SipTransportAddress.Of(TransportName, (IPEndPoint)socket.LocalEndPoint!);
        var remote = SipTransportAddress.Of(TransportName, (IPEndPoint)socket.RemoteEndPoint!);
        var flow = new SipFlow(TransportName, local, remote, isReliable: true, isOutgoing);
        var connection = new StreamConnection(socket, flow, _loop, _options, events);
        _connections.Add(flow, connection);
        connection.Start(Forget);
        return flow;
    }

    private void Forget(StreamConnection connection)
    {
        _connections.Remove(connection.Flow);
        _accepted -= connection.Flow.IsOutgoing ? 0 : 1;
    }

    private async ValueTask SendOnLoopAsync(SipFlow flow, ReadOnlyMemory<byte> message, bool isPing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_loop.IsCurrent)
        {
            await _loop.InvokeAsync(() => SendOnLoopAsync(flow, message, isPing, cancellationToken).AsTask());
            return;
        }

        if (!_connections.TryGetValue(flow, out var connection))
        {
            throw new IOException($"The flow {flow} is gone.");
        }

        if (!(isPing ? connection.TrySendPing(out var failure) : connection.TrySend(message.Span, out failure)))
        {
            throw failure!;
        }
    }

    private async Task DisposeOnLoopAsync()
    {
        _stopping.Cancel();
        _listener?.Dispose();
        await _acceptor;
        await Task.WhenAll(_connections.Values.ToArray().Select(connection => connection.CloseAsync()));
        _stopping.Dispose();
    }
}
