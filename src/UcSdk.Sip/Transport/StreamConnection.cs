using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One connection of a stream transport: a receive loop, and one write at a time that takes with it all that was queued meanwhile. Used on
/// the loop only. The first cause that ends it is the one reported; everything after it is tidying up.
/// </summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly SerialLoop _loop;
    private readonly StreamTransportOptions _options;
    private readonly ISipTransportEvents _events;
    private readonly StreamIntake _intake;
    private readonly LoopAwaiter<int> _reading;
    private ArrayBufferWriter<byte> _queued = new();
    private ArrayBufferWriter<byte> _sending = new();
    private Task _sender = Task.CompletedTask;
    private bool _isSending;
    private readonly StreamWatch _watch;
    private LoopTimer? _watchTimer;
    private LoopTimer? _closeTimer;
    private SipFlowEnd? _end;
    private Exception? _error;

    public StreamConnection(Socket socket, Stream stream, SipFlow flow, SerialLoop loop, StreamTransportOptions options, ISipTransportEvents events)
    {
        _socket = socket;
        _stream = stream;
        _loop = loop;
        _options = options;
        _events = events;
        _intake = new StreamIntake(options.Limits, Deliver, bytes => Queue(bytes.Span), () => events.KeepAliveReceived(flow));
        _reading = new(loop);
        _watch = new(options, flow.IsOutgoing, loop.Now);
        Flow = flow;
    }

    public SipFlow Flow { get; }

    /// <summary>The run, owned by the transport.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to receive. Nothing is reported before the present turn of the loop is over, so whoever connected knows the flow first.</summary>
    public void Start(Action<StreamConnection> onClosed) => Completion = RunAsync(onClosed);

    /// <summary>Queues one message; the failure, when there is one, says why it cannot go out.</summary>
    public bool TrySend(ReadOnlySpan<byte> message, out IOException? failure)
    {
        if (_end is null && _queued.WrittenCount + _sending.WrittenCount + (long)message.Length > _options.Limits.MaxUnsentBytes)
        {
            End(SipFlowEnd.SlowReader, new IOException($"More than {_options.Limits.MaxUnsentBytes} bytes wait for {Flow.Remote}."));
            Abort();
        }

        failure = _end is null ? null : new IOException($"The flow {Flow} is gone: {_end}.", _error);
        if (failure is null)
        {
            Queue(message);
        }

        return failure is null;
    }

    public bool TrySendPing(out IOException? failure)
    {
        var sent = TrySend(StreamIntake.Ping.Span, out failure);
        if (sent)
        {
            _intake.ExpectPong();
            _watch.Pinged(_loop.Now);
            SetWatch();
        }

        return sent;
    }

    /// <summary>Closes in order: what is queued goes out, then our end of the stream is shut, then the peer's is awaited for a while.</summary>
    public Task CloseAsync()
    {
        End(SipFlowEnd.ClosedLocally, null);
        return Completion;
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    // The outermost line of this connection: what arrives here was thrown by whoever took a message, which is not the network's doing.
    private async Task RunAsync(Action<StreamConnection> onClosed)
    {
        try
        {
            await RunToEndAsync(onClosed);
        }
        catch (Exception fault)
        {
            _loop.OnFault(fault);
        }
    }

    private async Task RunToEndAsync(Action<StreamConnection> onClosed)
    {
        await Task.Yield();
        try
        {
            await ReceiveAsync();
            // What was queued last begins to be sent before this goes on.
            await Task.Yield();
            await _sender;
        }
        finally
        {
            _closeTimer?.Dispose();
            _watchTimer?.Dispose();
            await _stream.DisposeAsync();
            onClosed(this);
            _events.FlowClosed(Flow, _end ?? SipFlowEnd.ConnectionLost, _error);
        }
    }

    private async Task ReceiveAsync()
    {
        SetWatch();
        try
        {
            while (await _reading.Of(_stream.ReadAsync(_intake.GetMemory())) is var count and > 0)
            {
                if (_end is not null)
                {
                    // What arrives while we close is read, so that the peer's end of the stream is seen, and dropped.
                    continue;
                }

                _intake.Advance(count);
                if (!_intake.TryProcess())
                {
                    End(SipFlowEnd.ProtocolViolation, new InvalidDataException($"{Flow.Remote} sent no SIP: {_intake.Fault}."));
                }

                _watch.Received(_loop.Now, _intake.HasPart);
                SetWatch();
            }

            End(SipFlowEnd.ClosedByPeer, null);
        }
        catch (Exception lost) when (lost is IOException or ObjectDisposedException)
        {
            End(SipFlowEnd.ConnectionLost, lost);
        }
    }

    // Only a connection that has something to be watched has a timer.
    private void SetWatch()
    {
        if (_watch.Deadline is { } deadline)
        {
            _watchTimer ??= new(_loop, CheckWatch);
            _watchTimer.SetDeadline(deadline);
        }
        else
        {
            _watchTimer?.SetDeadline(null);
        }
    }

    private void CheckWatch()
    {
        if (_watch.Overdue(_loop.Now) is not var (end, what))
        {
            SetWatch();
            return;
        }

        End(end, new TimeoutException($"{Flow.Remote} {what}."));
        if (end == SipFlowEnd.ConnectionLost)
        {
            Abort();
        }
    }

    private bool Deliver(ReadOnlyMemory<byte> message)
    {
        _events.MessageReceived(Flow, message);
        return _end is null;
    }

    private void Queue(ReadOnlySpan<byte> bytes)
    {
        _queued.Write(bytes);
        Flush();
    }

    // What the same turn of the loop still has to say goes out with it.
    private void Flush()
    {
        if (!_isSending)
        {
            _isSending = true;
            _loop.Post(static connection => ((StreamConnection)connection!)._sender = ((StreamConnection)connection).SendAsync(), this);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (_queued.WrittenCount > 0)
            {
                (_queued, _sending) = (_sending, _queued);
                await _stream.WriteAsync(_sending.WrittenMemory);
                _sending.ResetWrittenCount();
            }

            _isSending = false;
            if (_end is not null)
            {
                if (_stream is SslStream secure)
                {
                    await secure.ShutdownAsync();
                }

                _socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception lost) when (lost is IOException or SocketException or ObjectDisposedException or InvalidOperationException or CryptographicException)
        {
            // OpenSSL has an exception of its own for a farewell while a handshake is not through.
            End(SipFlowEnd.ConnectionLost, lost);
            Abort();
        }
    }

    // The one place where the end is decided.
    private void End(SipFlowEnd end, Exception? error)
    {
        if (_end is not null)
        {
            return;
        }

        _end = end;
        _error = error;
        _closeTimer = new LoopTimer(_loop, Abort);
        _closeTimer.SetDeadline(_loop.Now + _options.CloseTimeout);
        Flush();
    }

    // A reset wakes the pending read and write, which lets the run come to its end.
    private void Abort()
    {
        if (_socket.Connected)
        {
            _socket.LingerState = new LingerOption(true, 0);
        }

        _socket.Dispose();
    }
}
