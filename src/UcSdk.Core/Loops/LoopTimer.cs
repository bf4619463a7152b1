namespace UcSdk.Core;

/// <summary>The one timer of an edge: wakes its owner on the loop at the deadline last set. Used from the loop only.</summary>
internal sealed class LoopTimer : IDisposable
{
    // Platform timers refuse more than 49 days; a later deadline is reached in steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);

    private readonly SerialLoop _loop;
    private readonly Action _wake;
    private readonly ITimer _timer;
    private Timestamp _due = Timestamp.Never;
    private Timestamp _armed = Timestamp.Never;
    private bool _disposed;

    public LoopTimer(SerialLoop loop, Action wake)
    {
        _loop = loop;
        _wake = wake;
        _timer = loop.Time.CreateTimer(static state => ((LoopTimer)state!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets, moves or (with null) clears the deadline. A deadline in the past wakes at once.</summary>
    public void SetDeadline(Timestamp? deadline)
    {
        var due = deadline ?? Timestamp.Never;
        if (_disposed || due == _due)
        {
            return;
        }

        _due = due;
        // A deadline that moves away, as one does with every sign of life of a peer, need not move the platform's timer: it wakes early and looks again.
        if (due == Timestamp.Never || due < _armed)
        {
            Arm();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private void Arm()
    {
        _armed = _due;
        if (_due == Timestamp.Never)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = _due - _loop.Now;
        wait = wait > LongestStep ? LongestStep : wait;
        // A timer coarser than the clock rounds down; waking early would only spin, so round up to its grain.
        var grain = _loop.Scheduler.TimerGrain.Ticks;
        var ticks = wait <= TimeSpan.Zero ? 0 : (wait.Ticks + grain - 1) / grain * grain;
        _timer.Change(new TimeSpan(ticks), Timeout.InfiniteTimeSpan);
    }

    private void OnTick() => _loop.Post(static state => ((LoopTimer)state!).Wake(), this);

    private void Wake()
    {
        _armed = Timestamp.Never;
        if (_disposed || _due == Timestamp.Never)
        {
            return;
        }

        if (_loop.Now < _due)
        {
            Arm();
            return;
        }

        _due = Timestamp.Never;
        _wake();
    }
}
