using System.Collections.Immutable;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A network in memory, for tests and laboratories: hosts and ports by name, streams ("TCP") and datagrams ("UDP"), with delay, jitter,
/// loss and duplication from one seed, and with failures on demand. What travels is bytes: framing and parsing are the real ones.
/// Members may be called from any thread; they take effect in the order of the calls.
/// </summary>
public sealed class MemoryNetwork : IDisposable
{
    private const int FirstFreePort = 49_152;

    private readonly MemoryNetworkOptions _options;
    private readonly RandomSource _random;
    private readonly SerialLoop _loop;
    private readonly LoopTimer _timer;
    private readonly Timestamp _start;
    private readonly NetworkConditions _conditions;
    private readonly TimerQueue<(long Number, Action<object> Arrival, object What)> _arrivals = new();
    private readonly Dictionary<string, MemoryTransport> _listeners = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _blocked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MemoryEnd> _ends = [];
    private ImmutableList<MemoryTranscriptEntry> _transcript = [];
    private long _scheduled;
    private int _openFlows;
    private int _nextPort = FirstFreePort - 1;

    /// <summary>A network on the thread pool.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, or a piece would hold no byte.</exception>
    public MemoryNetwork(MemoryNetworkOptions? options = null)
        : this(options ?? MemoryNetworkOptions.Default, LoopRuntime.OnThreadPool((options ?? MemoryNetworkOptions.Default).Time))
    {
    }

    internal MemoryNetwork(MemoryNetworkOptions options, LoopRuntime runtime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSegmentBytes ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Delay, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jitter, TimeSpan.Zero, nameof(options));
        _options = options;
        _random = new SeededRandomSource(options.Seed ?? runtime.Random.NextUInt64());
        _conditions = new NetworkConditions { Delay = options.Delay, Jitter = options.Jitter, Loss = options.Loss, Duplication = options.Duplication };
        _loop = new SerialLoop(runtime.Scheduler);
        _timer = new LoopTimer(_loop, DeliverDue);
        _start = _loop.Now;
    }

    /// <summary>Everything that was sent, in order; what was sent last may still be missing while other threads work.</summary>
    public IReadOnlyList<MemoryTranscriptEntry> Transcript => Volatile.Read(ref _transcript);

    /// <summary>Ends of flows that are open: two for each stream. 0 when nothing was left behind.</summary>
    public int OpenFlows => Volatile.Read(ref _openFlows);

    internal MemoryNetworkOptions Options => _options;

    /// <summary>A transport on a host, which exists from then on. It reports on the loop of the network.</summary>
    /// <param name="host">The name of the host, for <see cref="CutHost"/> and <see cref="Block"/>; also the host of its own addresses.</param>
    /// <param name="listen">
    /// Where it listens; the transport is the address's: TCP for streams, UDP for datagrams. Its host may be another name of the host; port 0
    /// takes a free one. Null: a TCP transport that only connects.
    /// </param>
    /// <exception cref="ArgumentException">The transport is neither TCP nor UDP.</exception>
    public ISipTransport CreateTransport(string host, SipTransportAddress? listen = null) => CreateTransport(host, listen, _loop);

    /// <summary>Breaks one flow, named by either of its ends: both sides learn at once that it is lost.</summary>
    public void Cut(SipFlow flow) => _loop.Run(() => CutWhere(end => ReferenceEquals(end.Flow, flow) || ReferenceEquals(end.Peer?.Flow, flow)));

    /// <summary>Breaks every flow of the host.</summary>
    public void CutHost(string host) => _loop.Run(() => CutWhere(end => IsHost(end, host) || (end.Peer is { } peer && IsHost(peer, host))));

    /// <summary>
    /// Lets nothing reach or leave the host, without a word to anyone: datagrams vanish, stream bytes wait, attempts to connect time out.
    /// </summary>
    public void Block(string host) => _loop.Run(() => _blocked.Add(host));

    /// <summary>Ends what <see cref="Block"/> began; the stream bytes that waited arrive.</summary>
    public void Unblock(string host) => _loop.Run(() =>
    {
        _blocked.Remove(host);
        foreach (var end in _ends.ToArray())
        {
            while (!IsBlocked(end) && end.Held.TryDequeue(out var arrival))
            {
                arrival();
            }
        }
    });

    /// <summary>Stops the network; what is on its way never arrives.</summary>
    public void Dispose() => _loop.Run(() =>
    {
        _timer.Dispose();
        _arrivals.Clear();
    });

    internal ISipTransport CreateTransport(string host, SipTransportAddress? listen, SerialLoop loop) => listen?.Transport switch
    {
        null or "TCP" or "UDP" => new MemoryTransport(this, host, listen, loop),
        _ => throw new ArgumentException($"A memory network has TCP and UDP, not {listen.Transport}.", nameof(listen)),
    };

    internal void Post(Action work) => _loop.Post(work);

    internal void Post(SendOrPostCallback work, object state) => _loop.Post(work, state);

    /// <summary>Runs the work behind everything posted before, also when the caller is on this loop: a close must not overtake what was sent.</summary>
    internal Task InvokeAsync(Action work)
    {
        var done = new TaskCompletionSource(_loop.Scheduler.CompletionOptions);
        Post(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    internal int TakePort() => Interlocked.Increment(ref _nextPort);

    internal void Listen(MemoryTransport transport, SipTransportAddress address)
    {
        if (!_listeners.TryAdd(address.ToString(), transport))
        {
            throw new IOException($"Cannot listen on {address}: the address is taken.");
        }
    }

    internal void StopListening(SipTransportAddress address) => _listeners.Remove(address.ToString());

    /// <summary>Opens a stream: one way to the listener, one way back.</summary>
    internal void Connect(MemoryTransport from, SipTransportAddress local, SipTransportAddress remote, Action<MemoryEnd?> onDone)
    {
        Schedule(_loop.Now + _conditions.NextDelay(_random), () =>
        {
            if (_blocked.Contains(from.Host))
            {
                return;
            }

            if (!_listeners.TryGetValue(remote.ToString(), out var listener))
            {
                Schedule(_loop.Now + _conditions.NextDelay(_random), () => onDone(null));
                return;
            }

            if (!_blocked.Contains(listener.Host))
            {
                Accept(from, listener, local, remote, onDone);
            }
        });
        DeliverDue();
    }

    /// <summary>Registers the end of a datagram flow.</summary>
    internal MemoryEnd AddEnd(MemoryEnd end)
    {
        _ends.Add(end);
        Volatile.Write(ref _openFlows, _openFlows + 1);
        return end;
    }

    internal void RemoveEnd(MemoryEnd end)
    {
        if (end.IsOpen)
        {
            end.IsOpen = false;
            end.Held.Clear();
            _ends.Remove(end);
            Volatile.Write(ref _openFlows, _openFlows - 1);
        }
    }

    internal void SendStream(MemoryPiece sent)
    {
        var (from, bytes) = (sent.From, sent.Bytes);
        if (from.IsOpen && from.Peer is { } to)
        {
            Record(from.Flow, MemoryFate.Carried, bytes);
            var size = _options.MaxSegmentBytes ?? bytes.Length;
            for (var at = 0; at < bytes.Length; at += size)
            {
                var piece = bytes.Length <= size ? sent : new MemoryPiece(this, from, bytes.Slice(at, Math.Min(size, bytes.Length - at)));
                piece.To = to;
                Schedule(NextArrivalAt(to), static piece => ((MemoryPiece)piece).Arrive(), piece);
            }

            DeliverDue();
        }
    }

    /// <summary>Ends a stream in order: the peer learns of it after everything sent before.</summary>
    internal void CloseStream(MemoryEnd from)
    {
        var wasOpen = from.IsOpen;
        RemoveEnd(from);
        if (wasOpen && from.Peer is { IsOpen: true } to)
        {
            ScheduleInOrder(to, () =>
            {
                RemoveEnd(to);
                to.Transport.Lose(to, SipFlowEnd.ClosedByPeer, null);
            });
            DeliverDue();
        }
    }

    internal void SendDatagram(MemoryPiece sent)
    {
        var (flow, host, bytes) = (sent.From.Flow, sent.From.Transport.Host, sent.Bytes);
        var isLost = _conditions.IsLost(_random) || _blocked.Contains(host);
        var isDuplicated = !isLost && _conditions.IsDuplicated(_random);
        Record(flow, isLost ? MemoryFate.Lost : isDuplicated ? MemoryFate.Duplicated : MemoryFate.Carried, bytes);
        for (var copies = isLost ? 0 : isDuplicated ? 2 : 1; copies > 0; copies--)
        {
            Schedule(_loop.Now + _conditions.NextDelay(_random), () =>
            {
                if (_listeners.TryGetValue(flow.Remote.ToString(), out var receiver) && !_blocked.Contains(receiver.Host) && !_blocked.Contains(host))
                {
                    receiver.ReceiveDatagram(flow.Local, bytes);
                }
            });
        }

        DeliverDue();
    }

    private static bool IsHost(MemoryEnd end, string host) => end.Transport.Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    private void Accept(MemoryTransport from, MemoryTransport listener, SipTransportAddress local, SipTransportAddress remote, Action<MemoryEnd?> onDone)
    {
        var near = new MemoryEnd(from, new SipFlow("TCP", local, remote, isReliable: true, isOutgoing: true));
        var far = new MemoryEnd(listener, new SipFlow("TCP", remote, local, isReliable: true, isOutgoing: false)) { Peer = near };
        near.Peer = far;
        AddEnd(near);
        AddEnd(far);
        listener.Accept(far);
        ScheduleInOrder(near, () => onDone(near));
    }

    internal bool IsBlocked(MemoryEnd to) =>
        _blocked.Count > 0 && (_blocked.Contains(to.Transport.Host) || (to.Peer is { } from && _blocked.Contains(from.Transport.Host)));

    private Timestamp NextArrivalAt(MemoryEnd to)
    {
        var due = _loop.Now + _conditions.NextDelay(_random);
        return to.LastArrival = due > to.LastArrival ? due : to.LastArrival;
    }

    private void ScheduleInOrder(MemoryEnd to, Action arrival)
    {
        Schedule(NextArrivalAt(to), () =>
        {
            if (to.IsOpen && (IsBlocked(to) || to.Held.Count > 0))
            {
                to.Held.Enqueue(arrival);
            }
            else if (to.IsOpen)
            {
                arrival();
            }
        });
    }

    private void Schedule(Timestamp due, Action arrival) => Schedule(due, static arrival => ((Action)arrival)(), arrival);

    private void Schedule(Timestamp due, Action<object> arrival, object what) => _arrivals.Set((++_scheduled, arrival, what), due);

    // What is due now is delivered without the help of the timer, so that a network without delay needs no time to pass.
    private void DeliverDue()
    {
        while (_arrivals.TryTakeDue(_loop.Now, out var due))
        {
            due.Arrival(due.What);
        }

        _timer.SetDeadline(_arrivals.NextDeadline);
    }

    private void CutWhere(Func<MemoryEnd, bool> matches)
    {
        foreach (var end in _ends.Where(matches).ToArray())
        {
            RemoveEnd(end);
            end.Transport.Lose(end, SipFlowEnd.ConnectionLost, new IOException($"The flow {end.Flow} was cut."));
        }
    }

    private void Record(SipFlow flow, MemoryFate fate, ReadOnlyMemory<byte> bytes)
    {
        if (_options.KeepTranscript)
        {
            Volatile.Write(ref _transcript, _transcript.Add(new(_loop.Now - _start, flow.Local, flow.Remote, fate, bytes)));
        }
    }
}
