namespace UcSdk.Core;

/// <summary>
/// A clock that stands still until the simulation moves it, with timers that fire in order of their due time and, at the same time,
/// in the order in which they were set. Single-threaded.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly TimerQueue<VirtualTimer> _timers = new();
    private readonly DateTimeOffset _origin;
    private Timestamp _now;

    public VirtualTime(DateTimeOffset origin) => _origin = origin;

    public Timestamp Now => _now;

    /// <summary>How many timers are armed.</summary>
    public int ArmedTimers => _timers.Count;

    public Timestamp? NextDeadline => _timers.NextDeadline;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => _origin + new TimeSpan(_now.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the moment, which must not lie before now; fires nothing by itself.</summary>
    internal void MoveTo(Timestamp moment) => _now = moment > _now ? moment : _now;

    internal bool TryTakeDue(out VirtualTimer timer) => _timers.TryTakeDue(_now, out timer);

    internal void Arm(VirtualTimer timer, TimeSpan dueTime) => _timers.Set(timer, _now + dueTime);

    internal void Disarm(VirtualTimer timer) => _timers.Cancel(timer);
}
