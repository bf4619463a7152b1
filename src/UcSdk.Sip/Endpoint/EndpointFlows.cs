using System.Buffers;
using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The flows of an endpoint and the transports that carry them: what goes out, in what order, and who waits for it at disposal.</summary>
internal sealed class EndpointFlows(
    SipEndpointOptions options, SerialLoop loop, ILogger logger, SipRecorder recorder, IReadOnlyList<ISipTransport> transports) : IAsyncDisposable
{
    private const int FirstBuffer = 2048;
    private const int LargestBuffer = 65_536;

    private readonly Dictionary<SipFlow, ISipTransport> _transports = [];
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stopping = new();

    private ArrayBufferWriter<byte> _writer = new(FirstBuffer);

    private readonly Dictionary<SipTransportAddress, SipFlow> _byTarget = [];
    private readonly Dictionary<SipTransportAddress, Task<SipFlow>> _opening = [];

    /// <summary>Finds a connection that a peer has opened from an address; null for none.</summary>
    public Func<SipTransportAddress, SipFlow?> Accepted { get; init; } = static _ => null;

    public void Add(SipFlow flow, ISipTransport transport) => _transports.Add(flow, transport);

    public bool Remove(SipFlow flow) => _transports.Remove(flow);

    /// <summary>The open flow to the target, or a new one; whoever asks meanwhile gets the same.</summary>
    /// <exception cref="SipException">The target cannot be reached (ConnectFailed).</exception>
    public async Task<SipFlow> ReachAsync(SipTransportAddress target, Func<SipTransportAddress, Task<SipFlow>> connect)
    {
        if (Accepted(target) is { } accepted)
        {
            return accepted;
        }

        if (_byTarget.TryGetValue(target, out var known) && _transports.ContainsKey(known))
        {
            return known;
        }

        if (_opening.TryGetValue(target, out var opening))
        {
            return await opening;
        }

        opening = connect(target);
        _opening.Add(target, opening);
        try
        {
            return _byTarget[target] = await opening;
        }
        finally
        {
            _opening.Remove(target);
        }
    }

    /// <summary>Keeps what runs, so that disposal can wait for it.</summary>
    public void Own(Task task) => Track(task);

    public void Send(SipFlow flow, SipMessage message, WireCopy? copy)
    {
        if (!_transports.TryGetValue(flow, out var transport))
        {
            NoteUndeliverable(flow, message.ToString()!);
            return;
        }

        _writer.ResetWrittenCount();
        SipWriter.Write(message, _writer);
        if (options.Trace is not null)
        {
            Trace(SipTraceDirection.Sent, flow, _writer.WrittenSpan.ToArray(), message);
        }

        recorder.MessageSent(flow, SipRecorder.MethodOf(message), SipRecorder.StatusOf(message), _writer.WrittenCount);
        if (copy is not null)
        {
            copy.Bytes = _writer.WrittenSpan.ToArray();
            (copy.Method, copy.StatusCode) = (SipRecorder.MethodOf(message), SipRecorder.StatusOf(message));
        }

        SendWritten(transport, flow);
    }

    /// <summary>What was sent before, on the same flow.</summary>
    public void SendAgain(SipFlow flow, WireCopy copy)
    {
        if (copy.Bytes.Length > 0 && _transports.TryGetValue(flow, out var transport))
        {
            Trace(SipTraceDirection.Sent, flow, copy.Bytes, null);
            recorder.MessageSent(flow, copy.Method, copy.StatusCode, copy.Bytes.Length);
            Track(SendAsync(transport, flow, copy.Bytes));
        }
        else
        {
            NoteUndeliverable(flow, "repetition");
        }
    }

    // The transport has the bytes only until it has taken them, which is mostly at once; a buffer that it still reads is left to it.
    private void SendWritten(ISipTransport transport, SipFlow flow)
    {
        var sending = SendAsync(transport, flow, _writer.WrittenMemory);
        if (!sending.IsCompletedSuccessfully || _writer.Capacity > LargestBuffer)
        {
            _writer = new(FirstBuffer);
            Track(sending);
        }
    }

    public void SendKeepAlive(SipFlow flow)
    {
        if (_transports.TryGetValue(flow, out var transport))
        {
            Track(SendAsync(transport, flow, default));
        }
        else
        {
            NoteUndeliverable(flow, "keep-alive");
        }
    }

    /// <summary>Closes a flow in order; one that is gone already is no error.</summary>
    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) =>
        _transports.TryGetValue(flow, out var transport) ? transport.CloseAsync(flow, cancellationToken) : Task.CompletedTask;

    /// <summary>The same for the core, which does not wait.</summary>
    public void Close(SipFlow flow) => Track(CloseAsync(flow, CancellationToken.None));

    public void Trace(SipTraceDirection direction, SipFlow flow, ReadOnlyMemory<byte> bytes, SipMessage? message)
    {
        if (options.Trace is { } sink)
        {
            sink.Message(new SipTraceEntry(loop.Now - new Timestamp(0), loop.Time.GetUtcNow(), direction, flow, bytes, message));
        }
    }

    /// <summary>Closes all flows, then the transports, and waits for what is still being sent.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (flow, transport) in _transports.ToArray())
        {
            await transport.CloseAsync(flow, CancellationToken.None);
        }

        _stopping.Cancel();
        foreach (var transport in transports)
        {
            await transport.DisposeAsync();
        }

        await Task.WhenAll(_running);
        _transports.Clear();
        _stopping.Dispose();
    }

    // Without bytes it is a keep-alive.
    private async Task SendAsync(ISipTransport transport, SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await (bytes.IsEmpty ? transport.SendKeepAliveAsync(flow, _stopping.Token) : transport.SendAsync(flow, bytes, _stopping.Token));
        }
        catch (IOException error)
        {
            // The transport reports the end of the flow by itself; what waits for an answer ends then.
            Log.SendFailed(logger, Shown(flow), Log.CauseOf(error), options.LogUserData ? error : null);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The endpoint is being disposed.
        }
    }

    private void Track(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _running.Add(task);
            task.GetAwaiter().OnCompleted(() => _running.Remove(task));
        }
    }

    private void NoteUndeliverable(SipFlow flow, string what)
    {
        Log.Noticed(logger, SipDiagnostic.UndeliverableMessage, Shown(flow), new(what, options.LogUserData));
        recorder.Noticed(SipDiagnostic.UndeliverableMessage, flow);
    }

    private Redacted<SipFlow> Shown(SipFlow flow) => new(flow, options.LogUserData);
}
