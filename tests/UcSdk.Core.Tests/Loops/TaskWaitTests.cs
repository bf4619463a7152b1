namespace UcSdk.Core.Tests;

/// <summary>A wait that can be given up stays on its loop, whatever the task was made with.</summary>
public sealed class TaskWaitTests : IDisposable
{
    private readonly SimulationScheduler _simulation = new();
    private readonly TaskCompletionSource<int> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _giveUp = new();
    private readonly SerialLoop _loop;

    public TaskWaitTests() => _loop = new(_simulation);

    public void Dispose() => _giveUp.Dispose();

    [Fact]
    public async Task The_result_comes_without_leaving_the_loop()
    {
        var waiting = WaitOnLoopAsync();
        Assert.False(waiting.IsCompleted);

        _loop.Post(() => _source.SetResult(7));
        _simulation.RunUntilIdle();

        // Over the thread pool it would not be there yet, and the simulation would take offence.
        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Equal(7, await waiting);
    }

    [Fact]
    public async Task What_goes_wrong_comes_to_who_waits()
    {
        var waiting = WaitOnLoopAsync();
        _loop.Post(() => _source.SetException(new TimeoutException("too late")));
        _simulation.RunUntilIdle();
        Assert.True(waiting.IsFaulted);
        Assert.Equal("too late", (await Assert.ThrowsAsync<TimeoutException>(() => waiting)).Message);
    }

    [Fact]
    public async Task Who_gives_up_waits_no_longer_and_the_task_goes_on()
    {
        var waiting = WaitOnLoopAsync();
        _loop.Post(_giveUp.Cancel);
        _simulation.RunUntilIdle();
        Assert.True(waiting.IsCanceled);
        Assert.Equal(_giveUp.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting)).CancellationToken);
        Assert.False(_source.Task.IsCompleted);
    }

    [Fact]
    public void What_has_ended_or_cannot_be_given_up_is_waited_for_as_it_is()
    {
        Assert.Same(_source.Task, _source.Task.UntilAsync(CancellationToken.None));
        _source.SetResult(7);
        Assert.Same(_source.Task, _source.Task.UntilAsync(_giveUp.Token));
        Assert.Same(Task.CompletedTask, Task.CompletedTask.UntilAsync(_giveUp.Token));
    }

    private Task<int> WaitOnLoopAsync()
    {
        var waiting = _loop.InvokeAsync(() => _source.Task.UntilAsync(_giveUp.Token));
        _simulation.RunUntilIdle();
        return waiting;
    }
}
