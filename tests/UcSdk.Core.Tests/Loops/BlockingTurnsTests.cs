namespace UcSdk.Core.Tests;

/// <summary>Work on one thing is done one step at a time, in the order in which it was asked for.</summary>
public sealed class BlockingTurnsTests
{
    private readonly List<string> _done = [];
    private readonly HeldWork _threads = new();
    private readonly BlockingTurns _turns;

    public BlockingTurnsTests() => _turns = new(_threads);

    [Fact]
    public async Task The_next_begins_when_the_one_before_has_ended_also_by_failing()
    {
        var first = _turns.RunAsync(() => _done.Add("first"), default);
        var second = _turns.RunAsync(() => throw new IOException("second"), default);
        var third = _turns.RunAsync(() => _done.Add("third"), default);

        await _threads.NextAsync(first);
        await Assert.ThrowsAsync<IOException>(() => _threads.NextAsync(second));
        await _threads.NextAsync(third);
        Assert.Equal(["first", "third"], _done);
    }

    [Fact]
    public async Task What_is_cancelled_before_its_turn_is_not_begun_and_holds_nobody_up()
    {
        using var cancellation = new CancellationTokenSource();
        var first = _turns.RunAsync(() => _done.Add("first"), cancellation.Token);
        var second = _turns.RunAsync(() => _done.Add("second"), cancellation.Token);
        var third = _turns.RunAsync(() => _done.Add("third"), default);
        await cancellation.CancelAsync();

        await _threads.NextAsync(first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await _threads.NextAsync(third);
        Assert.Equal(["first", "third"], _done);
    }

    private sealed class HeldWork : IBlockingWork
    {
        private TaskCompletionSource<(Action Work, TaskCompletionSource Done)> _asked = New();

        public Task RunAsync(Action work)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // A second step before the first has ended would find the place taken.
            _asked.SetResult((work, done));
            return done.Task;
        }

        public async Task NextAsync(Task expected)
        {
            var (work, done) = await _asked.Task;
            _asked = New();
            try
            {
                work();
                done.SetResult();
            }
            catch (IOException failure)
            {
                done.SetException(failure);
            }

            await expected;
        }

        private static TaskCompletionSource<(Action Work, TaskCompletionSource Done)> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
