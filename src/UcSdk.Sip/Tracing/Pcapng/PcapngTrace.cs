using System.Buffers;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Writes a pcapng file that Wireshark and tshark read: every message in a packet of its own time, with IP and UDP or TCP headers made for it.
/// Names of hosts get addresses of the documentation ranges, and a record of the file says which. What TLS carried is written decrypted, as TCP to
/// port 5060. Several endpoints may share one: what is sent by one and received by another is written once, as sent. Credentials and keys are
/// overwritten unless the options show them. It writes on a loop of its own, in the order in which it was told, and never holds up an endpoint: a
/// disk that fails or is too slow costs packets, which are counted.
/// </summary>
public sealed class PcapngTrace : ISipTraceSink, IAsyncDisposable
{
    // What a packet needs beside its octets: block, headers, comment.
    private const int PacketOverhead = 512;

    private readonly Stream _stream;
    private readonly PcapngTraceOptions _options;
    private readonly SerialLoop _loop;
    private readonly PcapngWriter _writer = new();
    private readonly CaptureAddresses _addresses;
    private readonly SecondSightings _sightings = new();
    private readonly Dictionary<CapturedFlowKey, CapturedFlow> _flows = [];
    private readonly List<(string Transport, long Written, long Lost)> _interfaces = [];
    private ArrayBufferWriter<byte> _spare = new(64 * 1024);
    private Task _writing = Task.CompletedTask;
    private Task? _disposing;
    private Exception? _failure;
    private long _written;
    private long _lost;

    /// <summary>A capture to a stream.</summary>
    /// <param name="stream">Takes the file; disposed with the trace.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PcapngTrace(Stream stream, PcapngTraceOptions? options = null)
        : this(stream, options ?? PcapngTraceOptions.Default, LoopRuntime.OnThreadPool((options ?? PcapngTraceOptions.Default).TimeProvider))
    {
    }

    internal PcapngTrace(Stream stream, PcapngTraceOptions options, LoopRuntime runtime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPendingBytes, 64 * 1024, nameof(options));
        if (!stream.CanWrite)
        {
            throw new ArgumentException("A capture needs a stream that can be written.", nameof(stream));
        }

        _stream = stream;
        _options = options;
        _loop = new SerialLoop(runtime.Scheduler);
        _addresses = new CaptureAddresses(_writer.WriteName);
        _writer.WriteSection("UcSdk");
        _loop.Post(StartWriting);
    }

    /// <summary>Messages written, or on their way to the stream.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Messages that are not in the file: the disk was too slow, or had failed, or the trace was disposed.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Why the file cannot be written on; null while it can.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>A capture to a file, which others may read meanwhile; one that is there is overwritten.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static PcapngTrace Create(string path, PcapngTraceOptions? options = null) => new(
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous), options);

    /// <inheritdoc/>
    public void Message(SipTraceEntry entry) => _loop.Post(() => Take(entry));

    /// <inheritdoc/>
    public void FlowOpened(SipFlow flow, DateTimeOffset time) => _loop.Post(() =>
    {
        if (IsWriting)
        {
            Find(flow, time);
            StartWriting();
        }
    });

    /// <inheritdoc/>
    public void FlowClosed(SipFlow flow, SipFlowEnd end, DateTimeOffset time) => _loop.Post(() =>
    {
        var key = CapturedFlowKey.Of(flow);
        if (IsWriting && _flows.TryGetValue(key, out var captured) && captured.Close(flow, end, time))
        {
            _flows.Remove(key);
            _sightings.Forget(flow);
            StartWriting();
        }
    });

    /// <summary>
    /// Ends the flows that are open, adds the statistics, writes what waits and closes the stream. Never throws: see <see cref="Failure"/>.
    /// A second call waits for the first.
    /// </summary>
    public ValueTask DisposeAsync() => new(_loop.InvokeAsync(() => _disposing ??= DisposeOnLoopAsync()));

    /// <summary>Ends when everything that was told before has been taken; not when it is on the disk.</summary>
    internal Task SettleAsync() => _loop.InvokeAsync(() => Task.CompletedTask);

    private bool IsWriting => _disposing is null && _failure is null;

    private void Take(SipTraceEntry entry)
    {
        if (!IsWriting)
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        var flow = Find(entry.Flow, entry.Time);
        if (_sightings.Contains(entry))
        {
            return;
        }

        var isLost = _writer.Output.WrittenCount + entry.Bytes.Length + PacketOverhead > _options.MaxPendingBytes;
        if (isLost)
        {
            flow.Skip(entry);
        }
        else
        {
            flow.Write(entry, _options.ShowSecrets ? entry.Bytes : SecretMask.Hide(entry.Bytes));
        }

        Count(flow.Number, isLost);
        StartWriting();
    }

    private void Count(int number, bool isLost)
    {
        var (transport, written, lost) = _interfaces[number];
        _interfaces[number] = isLost ? (transport, written, lost + 1) : (transport, written + 1, lost);
        Interlocked.Increment(ref isLost ? ref _lost : ref _written);
    }

    private CapturedFlow Find(SipFlow flow, DateTimeOffset time)
    {
        var key = CapturedFlowKey.Of(flow);
        if (!_flows.TryGetValue(key, out var captured))
        {
            captured = new CapturedFlow(_writer, InterfaceOf(flow.Transport), flow, _addresses);
            _flows.Add(key, captured);
        }

        captured.Open(flow, time);
        return captured;
    }

    private int InterfaceOf(string transport)
    {
        var number = _interfaces.FindIndex(known => known.Transport == transport);
        if (number < 0)
        {
            number = _interfaces.Count;
            _interfaces.Add((transport, 0, 0));
            _writer.WriteInterface(transport.ToLowerInvariant(), transport == "TLS" ? "SIP over TLS, decrypted" : $"SIP over {transport}");
        }

        return number;
    }

    private void StartWriting()
    {
        if (_writing.IsCompleted)
        {
            _writing = WriteAsync();
        }
    }

    // One write is under way at a time; what comes meanwhile goes with the next.
    private async Task WriteAsync()
    {
        try
        {
            while (_writer.Output is { WrittenCount: > 0 } full && _failure is null)
            {
                (_writer.Output, _spare) = (_spare, full);
                await _stream.WriteAsync(full.WrittenMemory);
                full.ResetWrittenCount();
            }
        }
        catch (Exception failure)
        {
            // The outermost line of the trace: whatever a stream can throw ends the capture and nothing else.
            Fail(failure);
        }
    }

    private void Fail(Exception failure)
    {
        if (_failure is null)
        {
            Volatile.Write(ref _failure, failure);
            _flows.Clear();
            if (_options.Failed is { } report)
            {
                _loop.Post(() => report(failure));
            }
        }
    }

    private async Task DisposeOnLoopAsync()
    {
        if (_failure is null)
        {
            var now = _options.TimeProvider.GetUtcNow();
            foreach (var flow in _flows.Values)
            {
                flow.CloseAll(now);
            }

            for (var number = 0; number < _interfaces.Count; number++)
            {
                _writer.WriteStatistics(number, now, _interfaces[number].Written + _interfaces[number].Lost, _interfaces[number].Lost);
            }
        }

        StartWriting();
        await _writing;
        try
        {
            await _stream.FlushAsync();
            await _stream.DisposeAsync();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }
}
