using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// SIP over streams (RFC 3261 §18): listens and connects, cuts the streams into messages, answers keep-alive pings with a CRLF, and gives up
/// peers that exceed its limits. A request that cannot be followed is answered 400, 413 or 513 where its head can be read, and the
/// connection is closed.
/// </summary>
public abstract class StreamTransport : ISipTransport
{
    // After a failed accept (no descriptors left, say) the listener rests before it tries again.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly StreamTransportOptions _options;
    private readonly Dictionary<SipFlow, StreamConnection> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private SerialLoop _loop;
    private ISipTransportEvents? _events;
    private Socket? _listener;
    private Task _acceptor = Task.CompletedTask;
    private Task? _disposal;
    private int _accepted;
    private readonly Dictionary<IPAddress, int> _acceptedFrom = [];
    private readonly HashSet<Task> _taking = [];

    private protected StreamTransport(string name, StreamTransportOptions options, SerialLoop? loop)
    {
        Name = name;
        _options = options;
        _loop = loop ?? new SerialLoop(LoopRuntime.OnThreadPool(options.Time).Scheduler);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SipTransportAddress? ListenAddress { get; private set; }

    /// <summary>Connections of peers with whom no secure connection came about.</summary>
    public long FailedHandshakes { get; private set; }

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
            throw new InvalidOperationException($"The {Name} transport has been started before.");
        }

        _events = events;
        if (_options.Listen is not { } address)
        {
            return;
        }

        _listener = await ListenAsync(address, cancellationToken);
        ListenAddress = address with { Transport = Name, Port = ((IPEndPoint)_listener.LocalEndPoint!).Port };
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

            socket.Bind(new IPEndPoint(host, address.Port == 0 ? _options.Beside?.ListenAddress?.Port ?? 0 : address.Port));
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
        var address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        var fromThere = _acceptedFrom.GetValueOrDefault(address);
        if (_accepted >= _options.Limits.MaxConnections || fromThere >= _options.MaxConnectionsPerAddress || _stopping.IsCancellationRequested)
        {
            socket.Dispose();
            return;
        }

        _accepted++;
        _acceptedFrom[address] = fromThere + 1;
        var taking = TakeAsync(socket, address, events);
        _taking.Add(taking);
        taking.GetAwaiter().OnCompleted(() => _taking.Remove(taking));
    }

    private async Task TakeAsync(Socket socket, IPAddress address, ISipTransportEvents events)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var timer = new LoopTimer(_loop, giveUp.Cancel);
        timer.SetDeadline(_loop.Now + _options.ConnectTimeout);
        try
        {
            socket.NoDelay = true;
            var secured = await SecureAsync(socket, null, giveUp.Token);
            giveUp.Token.ThrowIfCancellationRequested();
            events.FlowOpened(Open(socket, secured, isOutgoing: false, address, events));
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // A peer that cannot come to terms was never there.
            FailedHandshakes++;
            socket.Dispose();
            Leave(address);
        }
    }

    private void Leave(IPAddress address)
    {
        _accepted--;
        if (_acceptedFrom[address] == 1)
        {
            _acceptedFrom.Remove(address);
        }
        else
        {
            _acceptedFrom[address]--;
        }
    }

    private async Task<SipFlow> ConnectOnLoopAsync(SipTransportAddress remote, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposal is not null, this);
        var events = _events ?? throw new InvalidOperationException($"The {Name} transport has not been started; it cannot connect.");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        using var timer = new LoopTimer(_loop, giveUp.Cancel);
        timer.SetDeadline(_loop.Now + _options.ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(await HostAddress.ResolveAsync(remote.Host, giveUp.Token), remote.Port, giveUp.Token);
            socket.NoDelay = true;
            var secured = await SecureAsync(socket, remote, giveUp.Token);
            // The transport may have been disposed between the connection's coming and this turn of the loop.
            giveUp.Token.ThrowIfCancellationRequested();
            return Open(socket, secured, isOutgoing: true, null, events);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {remote}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect securely to {remote}: {failure.Message}", failure);
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

    private SipFlow Open(Socket socket, SecuredStream secured, bool isOutgoing, IPAddress? acceptedFrom, ISipTransportEvents events)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var local = SipTransportAddress.Of(Name, (IPEndPoint)socket.LocalEndPoint!);
        var remote = SipTransportAddress.Of(Name, (IPEndPoint)socket.RemoteEndPoint!);
        var flow = new SipFlow(Name, local, remote, isReliable: true, isOutgoing, secured.PeerCertificate);
        var connection = new StreamConnection(socket, secured.Stream, flow, _loop, _options, events);
        _connections.Add(flow, connection);
        connection.Start(closed =>
        {
            _connections.Remove(closed.Flow);
            if (acceptedFrom is not null)
            {
                Leave(acceptedFrom);
            }
        });
        return flow;
    }

    /// <summary>Makes the connection as secure as the transport promises.</summary>
    /// <param name="socket">Connected.</param>
    /// <param name="remote">What our side wanted to reach; null when the peer has come to us.</param>
    /// <param name="cancellationToken">Set when it takes too long.</param>
    /// <exception cref="AuthenticationException">The peer is not who it should be, or cannot be talked to securely.</exception>
    private protected abstract Task<SecuredStream> SecureAsync(Socket socket, SipTransportAddress? remote, CancellationToken cancellationToken);

    private ValueTask SendOnLoopAsync(SipFlow flow, ReadOnlyMemory<byte> message, bool isPing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_loop.IsCurrent)
        {
            return SendFromElsewhereAsync(flow, message, isPing, cancellationToken);
        }

        if (!_connections.TryGetValue(flow, out var connection))
        {
            return ValueTask.FromException(new IOException($"The flow {flow} is gone."));
        }

        return (isPing ? connection.TrySendPing(out var failure) : connection.TrySend(message.Span, out failure))
            ? ValueTask.CompletedTask
            : ValueTask.FromException(failure!);
    }

    private ValueTask SendFromElsewhereAsync(SipFlow flow, ReadOnlyMemory<byte> message, bool isPing, CancellationToken cancellationToken) =>
        new(_loop.InvokeAsync(() => SendOnLoopAsync(flow, message, isPing, cancellationToken).AsTask()));

    private async Task DisposeOnLoopAsync()
    {
        _stopping.Cancel();
        _listener?.Dispose();
        await _acceptor;
        await Task.WhenAll(_taking);
        await Task.WhenAll(_connections.Values.ToArray().Select(connection => connection.CloseAsync()));
        _stopping.Dispose();
    }
}
