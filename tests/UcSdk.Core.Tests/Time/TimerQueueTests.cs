using UcSdk.Shared;

namespace UcSdk.Core.Tests;

public sealed class TimerQueueTests
{
    private readonly TimerQueue<string> _queue = new();

    [Fact]
    public void Deadlines_come_due_in_order_of_time_and_ties_in_order_of_setting()
    {
        _queue.Set("late", At(20));
        _queue.Set("first", At(10));
        _queue.Set("second", At(10));
        _queue.Set("third", At(10));

        Assert.Equal(["first", "second", "third", "late"], TakeAll(At(20)));
    }

    [Fact]
    public void The_room_of_a_rush_is_given_back_and_the_order_kept()
    {
        for (var at = 0; at < 10_000; at++)
        {
            _queue.Set($"{at}", At(10_000 - at));
        }

        var full = _queue.Room;
        for (var at = 0; at < 9_990; at++)
        {
            _queue.Cancel($"{at}");
        }

        Assert.InRange(_queue.Room, 10, full / 4);
        Assert.Equal(["9999", "9998", "9997", "9996", "9995", "9994", "9993", "9992", "9991", "9990"], TakeAll(At(10_000)));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Nothing_is_due_one_tick_before_its_time()
    {
        _queue.Set("a", At(10));

        Assert.Empty(TakeAll(At(9)));
        Assert.Equal(["a"], TakeAll(At(10)));
        Assert.Empty(TakeAll(At(10)));
    }

    [Fact]
    public void Setting_a_key_again_moves_its_deadline_to_the_end_of_the_new_tie()
    {
        _queue.Set("a", At(10));
        _queue.Set("b", At(30));
        _queue.Set("a", At(30));

        Assert.Equal(1 + 1, _queue.Count);
        Assert.Equal(At(30), _queue.NextDeadline);
        Assert.Equal(["b", "a"], TakeAll(At(30)));
    }

    [Fact]
    public void A_key_can_be_moved_earlier()
    {
        _queue.Set("a", At(30));
        _queue.Set("a", At(10));

        Assert.Equal(["a"], TakeAll(At(10)));
        Assert.Empty(TakeAll(At(40)));
    }

    [Fact]
    public void Any_mix_of_setting_moving_and_cancelling_comes_due_in_the_order_of_time_and_setting()
    {
        var random = new SeededRandomSource(11);
        var expected = new Dictionary<string, (Timestamp Due, int Order)>();
        for (var order = 0; order < 5000; order++)
        {
            var key = $"{random.Next(700)}";
            if (random.Next(4) == 0)
            {
                Assert.Equal(expected.Remove(key), _queue.Cancel(key));
            }
            else
            {
                expected[key] = (At(random.Next(300)), order);
                _queue.Set(key, expected[key].Due);
            }

            Assert.Equal(expected.Count, _queue.Count);
        }

        Assert.Equal(expected.OrderBy(entry => entry.Value).Select(entry => entry.Key), TakeAll(At(300)));
        Assert.Null(_queue.NextDeadline);
    }

    [Fact]
    public void What_was_cancelled_is_held_no_longer()
    {
        var queue = new TimerQueue<object>();
        queue.Set(this, At(1));
        var gone = SetAndCancel(queue);
        GC.Collect();

        Assert.False(gone.IsAlive);
        Assert.Equal(1, queue.Count);

        static WeakReference SetAndCancel(TimerQueue<object> queue)
        {
            var key = new object();
            queue.Set(key, At(2));
            Assert.True(queue.Cancel(key));
            return new(key);
        }
    }

    [Fact]
    public void A_cancelled_deadline_never_comes()
    {
        _queue.Set("a", At(10));
        _queue.Set("b", At(20));

        Assert.True(_queue.Cancel("a"));
        Assert.False(_queue.Cancel("a"));
        Assert.False(_queue.IsSet("a"));
        Assert.Equal(At(20), _queue.NextDeadline);
        Assert.Equal(["b"], TakeAll(At(30)));
        Assert.Null(_queue.NextDeadline);
    }

    [Fact]
    public void A_cancelled_key_can_be_set_again()
    {
        _queue.Set("a", At(10));
        _queue.Cancel("a");
        _queue.Set("a", At(15));

        Assert.Empty(TakeAll(At(14)));
        Assert.Equal(["a"], TakeAll(At(15)));
    }

    [Fact]
    public void A_cleared_queue_is_empty()
    {
        _queue.Set("a", At(10));
        _queue.Clear();

        Assert.Equal(0, _queue.Count);
        Assert.Null(_queue.NextDeadline);
        Assert.Empty(TakeAll(At(10)));
    }

    [Fact]
    public void Keys_are_compared_as_the_owner_says()
    {
        var queue = new TimerQueue<string>(StringComparer.OrdinalIgnoreCase);
        queue.Set("A", At(10));

        Assert.True(queue.Cancel("a"));
    }

    [Fact]
    public void The_order_survives_thousands_of_moves_and_the_leftovers_of_the_moved_do_not_pile_up()
    {
        const int Moves = 100_000;
        _queue.Set("keep-2", At(2));
        _queue.Set("keep-1", At(1));
        _queue.Set("tie-1", At(1));
        _queue.Set("moved", At(3));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Moves; i++)
        {
            _queue.Set("moved", At(3 + (i % 7)));
        }

        // Without compaction each move would leave an entry behind, and the heap would grow by tens of bytes for each.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Moves);
        Assert.Equal(4, _queue.Count);
        Assert.Equal(["keep-1", "tie-1", "keep-2", "moved"], TakeAll(At(100)));
    }

    [Fact]
    public void Setting_and_taking_deadlines_allocates_nothing_once_warm()
    {
        var queue = new TimerQueue<int>();
        Assert.Equal(0, Allocated.Least(() => Cycle(queue)));
    }

    private static void Cycle(TimerQueue<int> queue)
    {
        for (var i = 0; i < 50; i++)
        {
            queue.Set(i, At(i));
        }

        while (queue.TryTakeDue(At(50), out _))
        {
        }
    }

    private static Timestamp At(long ticks) => new(ticks);

    private List<string> TakeAll(Timestamp now)
    {
        var taken = new List<string>();
        while (_queue.TryTakeDue(now, out var key))
        {
            taken.Add(key);
        }

        return taken;
    }
}
