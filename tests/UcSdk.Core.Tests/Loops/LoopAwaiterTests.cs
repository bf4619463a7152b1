using System.Threading.Tasks.Sources;

namespace UcSdk.Core.Tests;

public sealed class LoopAwaiterTests
{
    private readonly SimulationScheduler _scheduler = new();

    [Fact]
    public void What_awaits_goes_on_in_a_turn_of_the_loop_with_the_result()
    {
        var loop = new SerialLoop(_scheduler);
        var source = new TaskCompletionSource<int>();
        var seen = 0;
        var task = loop.InvokeAsync(async () =>
        {
            var awaiter = new LoopAwaiter<int>(loop);
            seen = await awaiter.Of(new ValueTask<int>(source.Task));
            Assert.True(loop.IsCurrent);
            seen += await awaiter.Of(new ValueTask<int>(1));
        });
        _scheduler.RunUntilIdle();

        source.SetResult(42);
        Assert.Equal(0, seen);
        _scheduler.RunUntilIdle();

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(43, seen);
    }

    [Fact]
    public void What_the_task_has_thrown_is_thrown_and_the_next_one_is_awaited_all_the_same()
    {
        var loop = new SerialLoop(_scheduler);
        var source = new TaskCompletionSource<int>();
        var log = new List<string>();
        var task = loop.InvokeAsync(async () =>
        {
            var awaiter = new LoopAwaiter<int>(loop);
            try
            {
                await awaiter.Of(new ValueTask<int>(source.Task));
            }
            catch (IOException lost)
            {
                log.Add(lost.Message);
            }

            log.Add($"{await awaiter.Of(new ValueTask<int>(7))}");
        });
        _scheduler.RunUntilIdle();

        source.SetException(new IOException("lost"));
        _scheduler.RunUntilIdle();

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(["lost", "7"], log);
    }

    [Fact]
    public void Nothing_is_made_for_each_task_that_has_to_be_waited_for()
    {
        var loop = new SerialLoop(_scheduler);
        var source = new Source();
        var count = 0;
        _ = loop.InvokeAsync(async () =>
        {
            var awaiter = new LoopAwaiter<int>(loop);
            while (true)
            {
                count += await awaiter.Of(new ValueTask<int>(source, 0));
            }
        });
        _scheduler.RunUntilIdle();

        // The turns of the loop themselves cost what they cost.
        var bare = Spend(() => loop.Post(static _ => { }, null));
        var spent = Spend(() => source.Complete(1));

        Assert.Equal(2000, count);
        Assert.InRange(spent, 0, bare + 1000);

        long Spend(Action arrive)
        {
            Arrive(arrive);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Arrive(arrive);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Arrive(Action arrive)
        {
            for (var at = 0; at < 1000; at++)
            {
                arrive();
                _scheduler.RunUntilIdle();
            }
        }
    }

    private sealed class Source : IValueTaskSource<int>
    {
        private int _result;
        private bool _isDone;
        private Action<object?>? _continuation;
        private object? _state;

        public void Complete(int result)
        {
            (_result, _isDone) = (result, true);
            _continuation!(_state);
        }

        public int GetResult(short token)
        {
            _isDone = false;
            return _result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _isDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            // The context of who awaits is not asked for: the awaiter posts by itself.
            (_continuation, _state) = flags == ValueTaskSourceOnCompletedFlags.None ? (continuation, state) : throw new NotSupportedException();
        }
    }
}
