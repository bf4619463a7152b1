using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What every part of the core shares: the moment that is being worked on, the timers, the effects being collected, and the source of tags
/// and branches. Each entry into <see cref="SipCore"/> sets the moment first.
/// </summary>
internal sealed class CoreContext
{
    private const int MaxPerformed = 16;

    private readonly TimerQueue<CoreTimer> _timers = new();
    private readonly Dictionary<SipFlow, Timestamp> _lastSent = [];

    // The effects of every message, which are as short-lived as any.
    private readonly Stack<SipEffect.Transmit> _performed = [];
    private readonly Stack<SipEffect.RequestReceived> _performedRequests = [];

    public CoreContext(SipTimings timings, RandomSource random)
    {
        Timings = timings;
        Random = random;
    }

    public SipTimings Timings { get; }

    public RandomSource Random { get; }

    public Timestamp Now { get; set; }

    /// <summary>How long what is being handled may have waited before.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What signs and verifies on which flows.</summary>
    public FlowProtections Protections { get; } = new();

    /// <summary>Where effects go; the edge takes them out in order.</summary>
    public Queue<SipEffect> Effects { get; set; } = new();

    /// <summary>Who hears what the core does; null for nobody.</summary>
    public ICoreObserver? Observer { get; set; }

    public Timestamp? NextDeadline => _timers.NextDeadline;

    public int Timers => _timers.Count;

    /// <summary>The edge has done it and knows it no longer: it may be used again.</summary>
    public void Performed(SipEffect.Transmit effect)
    {
        effect.Clear();
        if (_performed.Count < MaxPerformed)
        {
            _performed.Push(effect);
        }
    }

    /// <inheritdoc cref="Performed(SipEffect.Transmit)"/>
    public void Performed(SipEffect.RequestReceived effect)
    {
        effect.Clear();
        if (_performedRequests.Count < MaxPerformed)
        {
            _performedRequests.Push(effect);
        }
    }

    /// <summary>Gives a request to the application, or to the application's session.</summary>
    public void Offer(IncomingRequest request, InviteUsage? usage) =>
        Emit(_performedRequests.TryPop(out var effect) ? effect.Again(request, usage) : new SipEffect.RequestReceived(request, usage));

    public void Emit(SipEffect effect) => Effects.Enqueue(effect);

    /// <summary>Sends a message and remembers when the flow was last used.</summary>
    /// <param name="flow">Where it goes.</param>
    /// <param name="message">The message, which belongs to the stack from now on.</param>
    /// <param name="copy">Takes the bytes, for <see cref="TransmitAgain"/>; null when it goes only once, or may go again as a message.</param>
    public void Transmit(SipFlow flow, SipMessage message, WireCopy? copy = null)
    {
        _lastSent[flow] = Now;
        Protections.Protect(flow, message);
        Emit(_performed.TryPop(out var effect) ? effect.Again(flow, message, copy) : new SipEffect.Transmit(flow, message, copy));
    }

    /// <summary>Sends the same bytes again.</summary>
    public void TransmitAgain(SipFlow flow, WireCopy copy)
    {
        Observer?.Retransmitted(copy.Method);
        _lastSent[flow] = Now;
        Emit(new SipEffect.TransmitAgain(flow, copy));
    }

    /// <summary>Sends a message that went out before.</summary>
    public void Retransmit(SipFlow flow, SipMessage message)
    {
        Observer?.Retransmitted(SipRecorder.MethodOf(message));
        Transmit(flow, message);
    }

    public void TransmitKeepAlive(SipFlow flow)
    {
        _lastSent[flow] = Now;
        Emit(new SipEffect.TransmitKeepAlive(flow));
    }

    public Timestamp LastSent(SipFlow flow) => _lastSent.TryGetValue(flow, out var at) ? at : Now;

    public void Forget(SipFlow flow)
    {
        _lastSent.Remove(flow);
        Protections.Set(flow, null);
    }

    public void Arm(ITimerOwner owner, SipTimer timer, TimeSpan after) => _timers.Set(new(owner, timer), Now + after);

    public void ArmAt(ITimerOwner owner, SipTimer timer, Timestamp due) => _timers.Set(new(owner, timer), due);

    public void Disarm(ITimerOwner owner, SipTimer timer) => _timers.Cancel(new(owner, timer));

    public bool TryTakeDue(out CoreTimer timer) => _timers.TryTakeDue(Now, out timer);

    public void DisarmAll() => _timers.Clear();

    public string NewTag() => Random.NextHex(5);

    public string NewBranch() => string.Create(Via.MagicCookie.Length + 20, Random, static (branch, random) =>
    {
        Span<byte> bytes = stackalloc byte[10];
        random.Fill(bytes);
        Via.MagicCookie.CopyTo(branch);
        Convert.TryToHexStringLower(bytes, branch[Via.MagicCookie.Length..], out _);
    });

    /// <summary>A branch with a mark behind it (<see cref="LoopHash"/>).</summary>
    public string NewBranch(ulong mark) => string.Create(Via.MagicCookie.Length + 20 + 1 + 16, (Random, mark), static (branch, state) =>
    {
        Span<byte> bytes = stackalloc byte[10];
        state.Random.Fill(bytes);
        Via.MagicCookie.CopyTo(branch);
        Convert.TryToHexStringLower(bytes, branch[Via.MagicCookie.Length..], out _);
        branch[^17] = '.';
        state.mark.TryFormat(branch[^16..], out _, "x16", CultureInfo.InvariantCulture);
    });

    public string NewCallId() => Random.NextHex(16);
}
