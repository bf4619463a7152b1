namespace UcSdk.Core.Tests;

public sealed class SimulationSchedulerTests
{
    private readonly SimulationScheduler _scheduler = new();

    [Fact]
    public void Time_moves_only_when_nothing_else_can_run()
    {
        var log = new List<string>();
        var loop = new SerialLoop(_scheduler);
        _scheduler.Run(async () =>
        {
            var later = _scheduler.DelayAsync(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 100; i++)
            {
                log.Add(await loop.InvokeAsync(() => $"{_scheduler.Clock.Now.Ticks}"));
            }

            await later;
            log.Add($"{_scheduler.Clock.Now.Ticks}");
        });

        Assert.All(log.Take(100), entry => Assert.Equal("0", entry));
        Assert.Equal($"{TimeSpan.TicksPerSecond}", log[^1]);
    }

    [Fact]
    public void Advancing_stops_at_every_deadline_on_the_way()
    {
        var at = new List<long>();
        using var timer = _scheduler.Clock.CreateTimer(_ => at.Add(_scheduler.Clock.Now.Ticks), null, TimeSpan.FromTicks(10), TimeSpan.FromTicks(10));
        _scheduler.Advance(TimeSpan.FromTicks(35));

        Assert.Equal([10L, 20L, 30L], at);
        Assert.Equal(35, _scheduler.Clock.Now.Ticks);
    }

    [Fact]
    public void The_wall_clock_moves_with_virtual_time()
    {
        var origin = new DateTimeOffset(2030, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var scheduler = new SimulationScheduler(origin);
        scheduler.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(origin.AddMinutes(5), scheduler.Time.GetUtcNow());
    }

    [Fact]
    public void A_run_that_nothing_can_wake_is_stuck_and_says_so()
    {
        var never = new TaskCompletionSource();
        var thrown = Assert.Throws<InvalidOperationException>(() => _scheduler.Run(() => never.Task));

        Assert.Contains("stuck", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_may_take_its_limit_of_virtual_time_and_not_one_tick_more()
    {
        var limit = TimeSpan.FromMinutes(1);
        _scheduler.Advance(TimeSpan.FromHours(3));
        _scheduler.Run(() => _scheduler.DelayAsync(limit), limit);

        var thrown = Assert.Throws<TimeoutException>(() => _scheduler.Run(() => _scheduler.DelayAsync(limit + TimeSpan.FromTicks(1)), limit));
        Assert.Contains("00:01:00", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_throws_comes_out_as_it_was_thrown()
    {
        Assert.Throws<FormatException>(() => _scheduler.Run(async () =>
        {
            await _scheduler.DelayAsync(TimeSpan.FromSeconds(1));
            throw new FormatException();
        }));
    }

    [Fact]
    public void The_callers_context_is_left_as_it_was()
    {
        var before = SynchronizationContext.Current;
        _scheduler.Run(() => _scheduler.DelayAsync(TimeSpan.FromSeconds(1)));

        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public void A_periodic_timer_disposed_at_the_moment_it_is_due_stays_silent()
    {
        var fired = 0;
        ITimer? periodic = null;
        using var killer = _scheduler.Clock.CreateTimer(_ => periodic!.Dispose(), null, TimeSpan.FromTicks(10), Timeout.InfiniteTimeSpan);
        periodic = _scheduler.Clock.CreateTimer(_ => fired++, null, TimeSpan.FromTicks(10), TimeSpan.FromTicks(10));
        _scheduler.Advance(TimeSpan.FromTicks(50));

        Assert.Equal(0, fired);
        Assert.Equal(0, _scheduler.Clock.ArmedTimers);
        Assert.False(periodic.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_gives_the_same_run(ulong seed)
    {
        Assert.Equal(Story(seed), Story(seed));
        Assert.NotEqual(Story(seed), Story(seed + 1));
    }

    // Two loops that delay each other at random and write down who was when.
    private static List<string> Story(ulong seed)
    {
        var scheduler = new SimulationScheduler();
        var random = new SeededRandomSource(seed);
        var log = new List<string>();
        scheduler.Run(() => Task.WhenAll(Enumerable.Range(0, 3).Select(who => Walk(new SerialLoop(scheduler), who))));
        return log;

        Task Walk(SerialLoop loop, int who) => loop.InvokeAsync(async () =>
        {
            for (var step = 0; step < 20; step++)
            {
                await loop.DelayAsync(TimeSpan.FromTicks(random.Next(5)), CancellationToken.None);
                log.Add($"{who} at {loop.Now.Ticks}");
            }
        });
    }
}
