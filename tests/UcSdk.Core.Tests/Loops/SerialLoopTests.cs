namespace UcSdk.Core.Tests;

public sealed class SerialLoopTests
{
    private readonly SimulationScheduler _scheduler = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Items_run_one_at_a_time_in_the_order_in_which_they_were_posted()
    {
        var loop = new SerialLoop(_scheduler);
        loop.Post(() =>
        {
            loop.Post(() => _log.Add("third"));
            _log.Add("first");
        });
        loop.Post(() => _log.Add("second"));
        Assert.Empty(_log);

        _scheduler.RunUntilIdle();

        Assert.Equal(["first", "second", "third"], _log);
    }

    [Fact]
    public void A_long_queue_yields_to_its_neighbour()
    {
        var busy = new SerialLoop(_scheduler);
        var neighbour = new SerialLoop(_scheduler);
        for (var i = 0; i < 1000; i++)
        {
            busy.Post(() => _log.Add("busy"));
        }

        neighbour.Post(() => _log.Add("neighbour"));
        _scheduler.RunUntilIdle();

        Assert.Equal(1001, _log.Count);
        Assert.InRange(_log.IndexOf("neighbour"), 1, 100);
    }

    [Fact]
    public async Task An_await_continues_on_the_loop_and_between_other_items()
    {
        var loop = new SerialLoop(_scheduler);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = loop.InvokeAsync(async () =>
        {
            _log.Add($"before {loop.IsCurrent}");
            await gate.Task;
            _log.Add($"after {loop.IsCurrent}");
            return 7;
        });
        loop.Post(() => _log.Add("other"));
        _scheduler.RunUntilIdle();
        Assert.False(done.IsCompleted);

        gate.SetResult();
        _scheduler.RunUntilIdle();

        Assert.Equal(["before True", "other", "after True"], _log);
        Assert.False(loop.IsCurrent);
        Assert.Equal(7, await done);
    }

    [Fact]
    public void Work_that_is_on_the_loop_already_runs_at_once()
    {
        var loop = new SerialLoop(_scheduler);
        loop.Run(() =>
        {
            loop.Run(() => _log.Add("inner"));
            _log.Add("outer");
        });
        Assert.Empty(_log);
        _scheduler.RunUntilIdle();

        Assert.Equal(["inner", "outer"], _log);
    }

    [Fact]
    public void A_throwing_item_is_reported_and_the_next_ones_run()
    {
        var faults = new List<Exception>();
        var loop = new SerialLoop(_scheduler, faults.Add);
        loop.Post(() => throw new InvalidOperationException("broken"));
        loop.Post(() => _log.Add("next"));
        _scheduler.RunUntilIdle();

        Assert.Equal("broken", Assert.Single(faults).Message);
        Assert.Equal(["next"], _log);
    }

    [Fact]
    public void Without_an_own_handler_a_fault_fails_the_simulation()
    {
        new SerialLoop(_scheduler).Post(() => throw new InvalidOperationException("broken"));

        var thrown = Assert.Throws<AggregateException>(_scheduler.RunUntilIdle);
        Assert.Equal("broken", Assert.Single(thrown.InnerExceptions).Message);
        _scheduler.RunUntilIdle();
    }

    [Fact]
    public void What_invoked_work_throws_goes_to_its_caller_and_not_to_the_loop()
    {
        var loop = new SerialLoop(_scheduler);
        Task failed = loop.InvokeAsync(new Func<Task<int>>(() => throw new InvalidOperationException("broken")));
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var cancelled = loop.InvokeAsync(() => Task.FromCanceled<int>(cancellation.Token));
        _scheduler.RunUntilIdle();

        Assert.Equal("broken", failed.Exception!.InnerException!.Message);
        Assert.True(cancelled.IsCanceled);
    }

    [Fact]
    public async Task Results_of_invoked_functions_come_back()
    {
        var loop = new SerialLoop(_scheduler);
        var read = loop.InvokeAsync(() => loop.IsCurrent);
        var done = loop.InvokeAsync(() => Task.CompletedTask);
        _scheduler.RunUntilIdle();

        Assert.True(done.IsCompletedSuccessfully);
        Assert.True(await read);
    }

    [Fact]
    public void A_loop_never_blocks_its_caller()
    {
        Assert.Throws<NotSupportedException>(() => new SerialLoop(_scheduler).Send(_ => { }, null));
    }

    [Fact]
    public async Task On_the_thread_pool_items_of_many_posters_never_overlap_and_none_is_lost()
    {
        const int Posters = 4;
        const int Items = 5_000;
        var loop = new SerialLoop(new ThreadPoolScheduler(TimeProvider.System), fault => _log.Add(fault.Message));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inside = 0;
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Items; i++)
            {
                loop.Post(() =>
                {
                    if (Interlocked.Increment(ref inside) != 1)
                    {
                        done.TrySetException(new InvalidOperationException("Two items ran at once."));
                    }

                    Interlocked.Decrement(ref inside);
                    if (++count == Posters * Items)
                    {
                        done.TrySetResult();
                    }
                });
            }
        })));

        await done.Task;
        Assert.Empty(_log);
    }
}
