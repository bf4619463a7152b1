namespace UcSdk.Core.Tests;

/// <summary>Work that keeps its thread has threads of its own, and no more than the limit.</summary>
public sealed class BlockingThreadsTests
{
    [Fact]
    public async Task Work_runs_off_the_thread_pool_and_its_task_ends_with_it()
    {
        var threads = new BlockingThreads(1);
        var wasPooled = true;
        await threads.RunAsync(() => wasPooled = Thread.CurrentThread.IsThreadPoolThread);
        Assert.False(wasPooled);
    }

    [Fact]
    public async Task One_more_than_the_limit_waits_for_a_thread()
    {
        const int Limit = 3;
        var threads = new BlockingThreads(Limit);
        using var gate = new ManualResetEventSlim();
        using var running = new CountdownEvent(Limit);
        var isLastRunning = false;
        var held = Enumerable.Range(0, Limit).Select(_ => threads.RunAsync(() =>
        {
            running.Signal();
            gate.Wait();
        })).ToArray();
        running.Wait(TestContext.Current.CancellationToken);
        var last = threads.RunAsync(() => Volatile.Write(ref isLastRunning, true));
        Assert.Equal((Limit, false), (threads.Threads, Volatile.Read(ref isLastRunning)));
        gate.Set();
        await Task.WhenAll([.. held, last]);
        Assert.True(isLastRunning);
    }

    [Fact]
    public async Task Whatever_is_asked_from_many_threads_at_once_is_done()
    {
        var threads = new BlockingThreads(2);
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var count = 0; count < 200; count++)
                {
                    await threads.RunAsync(() => Interlocked.Increment(ref done));
                }
            },
            TestContext.Current.CancellationToken)));
        Assert.Equal(1600, done);
    }

    [Fact]
    public async Task What_goes_wrong_in_it_comes_to_who_asked()
    {
        var threads = new BlockingThreads(1);
        await Assert.ThrowsAsync<TimeoutException>(() => threads.RunAsync(() => throw new TimeoutException()));
        await threads.RunAsync(() => { });
    }
}
