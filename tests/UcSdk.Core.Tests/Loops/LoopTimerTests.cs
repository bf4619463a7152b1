namespace UcSdk.Core.Tests;

public sealed class LoopTimerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SimulationScheduler _scheduler = new();
    private readonly SerialLoop _loop;
    private int _woken;

    public LoopTimerTests() => _loop = new SerialLoop(_scheduler);

    [Fact]
    public void A_timer_wakes_at_its_deadline_and_not_one_tick_before()
    {
        using var timer = NewTimer();
        timer.SetDeadline(_loop.Now + Second);

        _scheduler.Advance(Second - Tick);
        Assert.Equal(0, _woken);
        _scheduler.Advance(Tick);
        Assert.Equal(1, _woken);
        _scheduler.Advance(Second);
        Assert.Equal(1, _woken);
    }

    [Fact]
    public void A_deadline_can_be_moved_both_ways_and_cleared()
    {
        using var timer = NewTimer();
        timer.SetDeadline(_loop.Now + Second);
        timer.SetDeadline(_loop.Now + (2 * Second));
        _scheduler.Advance(Second);
        Assert.Equal(0, _woken);
        timer.SetDeadline(_loop.Now + Tick);
        _scheduler.Advance(Tick);
        Assert.Equal(1, _woken);

        timer.SetDeadline(_loop.Now + Second);
        timer.SetDeadline(null);
        _scheduler.Advance(2 * Second);
        Assert.Equal(1, _woken);
        Assert.Equal(0, _scheduler.Clock.ArmedTimers);
    }

    [Fact]
    public void A_deadline_in_the_past_wakes_without_time_passing()
    {
        _scheduler.Advance(Second);
        using var timer = NewTimer();
        timer.SetDeadline(new Timestamp(0));
        _scheduler.Advance(TimeSpan.Zero);

        Assert.Equal(1, _woken);
    }

    [Fact]
    public void A_timer_can_be_set_again_from_its_own_waking()
    {
        LoopTimer? timer = null;
        timer = new LoopTimer(_loop, () =>
        {
            Assert.True(_loop.IsCurrent);
            if (++_woken < 3)
            {
                timer!.SetDeadline(_loop.Now + Second);
            }
        });
        timer.SetDeadline(_loop.Now + Second);
        _scheduler.Advance(10 * Second);
        timer.Dispose();

        Assert.Equal(3, _woken);
    }

    [Fact]
    public void A_disposed_timer_never_wakes_even_when_its_tick_was_on_the_way()
    {
        var timer = NewTimer();
        using var killer = new LoopTimer(_loop, timer.Dispose);
        killer.SetDeadline(_loop.Now + Second);
        timer.SetDeadline(_loop.Now + Second);
        _scheduler.Advance(2 * Second);
        timer.SetDeadline(_loop.Now);
        _scheduler.Advance(Second);

        Assert.Equal(0, _woken);
    }

    [Fact]
    public void A_deadline_beyond_what_platform_timers_can_do_is_reached_all_the_same()
    {
        using var timer = NewTimer();
        timer.SetDeadline(_loop.Now + TimeSpan.FromDays(60));
        Assert.True(_scheduler.Clock.NextDeadline - _loop.Now < TimeSpan.FromDays(49));

        _scheduler.Advance(TimeSpan.FromDays(60) - Tick);
        Assert.Equal(0, _woken);
        _scheduler.Advance(Tick);
        Assert.Equal(1, _woken);
    }

    [Fact]
    public async Task A_delay_ends_at_its_tick_on_the_loop()
    {
        var done = _loop.InvokeAsync(async () =>
        {
            await _loop.DelayAsync(Second, TestContext.Current.CancellationToken);
            return _loop.IsCurrent;
        });
        _scheduler.Advance(Second - Tick);
        Assert.False(done.IsCompleted);
        _scheduler.Advance(Tick);

        Assert.True(done.IsCompleted);
        Assert.True(await done);
        Assert.Equal(0, _scheduler.Clock.ArmedTimers);
    }

    [Fact]
    public void A_cancelled_delay_ends_at_once_and_leaves_no_timer()
    {
        using var cancellation = new CancellationTokenSource();
        var done = _loop.InvokeAsync(() => _loop.DelayAsync(Second, cancellation.Token));
        _scheduler.RunUntilIdle();
        Assert.Equal(1, _scheduler.Clock.ArmedTimers);
        cancellation.Cancel();
        _scheduler.RunUntilIdle();

        Assert.True(done.IsCanceled);
        Assert.Equal(0, _scheduler.Clock.ArmedTimers);
    }

    private LoopTimer NewTimer() => new(_loop, () => _woken++);
}
