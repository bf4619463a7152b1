using UcSdk.Core;

namespace UcSdk.Tests;

public sealed class ChangeStreamTests
{
    private readonly SimulationScheduler _simulation = new();
    private readonly List<(string Observer, Exception Fault)> _reported = [];

    [Fact]
    public void Every_observer_gets_every_change_in_order_then_the_end_then_silence()
    {
        var stream = Create();
        var first = new Recorder<string>();
        var second = new Recorder<string>();
        using var a = stream.Subscribe(first);
        using var b = stream.Subscribe(second);

        stream.Publish("one");
        stream.Publish("two");
        stream.Complete();
        stream.Publish("three");
        _simulation.RunUntilIdle();

        Assert.Equal(["one", "two", "completed"], first.Log);
        Assert.Equal(["one", "two", "completed"], second.Log);
    }

    [Fact]
    public void Nothing_is_delivered_inside_the_call_that_publishes()
    {
        var stream = Create();
        var recorder = new Recorder<string>();
        using var subscription = stream.Subscribe(recorder);

        stream.Publish("one");

        Assert.Empty(recorder.Log);
    }

    [Fact]
    public void Who_comes_after_the_end_is_told_so()
    {
        var stream = Create();
        stream.Publish("one");
        stream.Complete();
        var recorder = new Recorder<string>();

        using var subscription = stream.Subscribe(recorder);
        _simulation.RunUntilIdle();

        Assert.Equal(["completed"], recorder.Log);
    }

    [Fact]
    public void A_full_queue_is_delivered_whole()
    {
        var stream = Create(capacity: 3);
        var recorder = new Recorder<string>();
        using var subscription = stream.Subscribe(recorder);

        Publish(stream, 3);
        _simulation.RunUntilIdle();
        Publish(stream, 3);
        _simulation.RunUntilIdle();

        Assert.Equal(["1", "2", "3", "1", "2", "3"], recorder.Log);
    }

    [Fact]
    public void One_more_than_the_queue_holds_ends_the_slow_observer_with_an_error_that_names_it_and_no_other()
    {
        var stream = Create(capacity: 3);
        var slow = new Recorder<string>();
        using var subscription = stream.Subscribe(slow);

        Publish(stream, 4);
        var other = new Recorder<string>();
        using var late = stream.Subscribe(other);
        stream.Publish("after");
        _simulation.RunUntilIdle();

        Assert.Equal(["1", "2", "3", "error"], slow.Log);
        var error = Assert.IsType<ObserverOverflowException>(slow.Error);
        Assert.Equal(3, error.Capacity);
        Assert.StartsWith("Letters observer 1 (Recorder", error.Observer);
        Assert.Contains(error.Observer, error.Message);
        Assert.Equal(["after"], other.Log);
    }

    [Fact]
    public void A_throwing_observer_is_reported_gets_nothing_more_and_harms_nobody()
    {
        var stream = Create();
        var fault = new InvalidOperationException("mine");
        var throwing = new Recorder<string>(_ => throw fault);
        var other = new Recorder<string>();
        using var a = stream.Subscribe(throwing);
        using var b = stream.Subscribe(other);

        stream.Publish("one");
        stream.Publish("two");
        stream.Complete();
        _simulation.RunUntilIdle();

        Assert.Equal(["one"], throwing.Log);
        Assert.Equal(["one", "two", "completed"], other.Log);
        var (observer, reported) = Assert.Single(_reported);
        Assert.Same(fault, reported);
        Assert.StartsWith("Letters observer 1", observer);
    }

    [Fact]
    public void Who_unsubscribes_gets_nothing_more_not_even_what_waits()
    {
        var stream = Create();
        var recorder = new Recorder<string>();
        var subscription = stream.Subscribe(recorder);
        stream.Publish("one");

        subscription.Dispose();
        stream.Publish("two");
        stream.Complete();
        _simulation.RunUntilIdle();

        Assert.Empty(recorder.Log);
    }

    [Fact]
    public void An_observer_may_unsubscribe_and_subscribe_while_it_is_called()
    {
        var stream = Create();
        var inner = new Recorder<string>();
        IDisposable? subscription = null;
        var outer = new Recorder<string>(_ =>
        {
            subscription!.Dispose();
            stream.Subscribe(inner);
        });
        subscription = stream.Subscribe(outer);

        stream.Publish("one");
        _simulation.RunUntilIdle();
        stream.Publish("two");
        _simulation.RunUntilIdle();

        Assert.Equal(["one"], outer.Log);
        Assert.Equal(["two"], inner.Log);
    }

    [Fact]
    public void What_is_replayed_comes_first_even_when_changes_are_quicker()
    {
        var stream = Create();
        stream.Replay("all so far");
        var recorder = new Recorder<string>();

        using var subscription = stream.Subscribe(recorder);
        stream.Publish("new", "all so far and new");
        _simulation.RunUntilIdle();
        var late = new Recorder<string>();
        using var second = stream.Subscribe(late);
        _simulation.RunUntilIdle();

        Assert.Equal(["all so far", "new"], recorder.Log);
        Assert.Equal(["all so far and new"], late.Log);
    }

    [Fact]
    public void A_list_shows_a_snapshot_then_what_is_added_and_removed()
    {
        var list = new ObservableList<string>(Pump(100), "Letters");
        list.Add("a");
        var recorder = new Recorder<CollectionChange<string>>();
        using var subscription = list.Changes.Subscribe(recorder);

        list.Add("b");
        list.Remove("a");
        list.Remove("not there");
        list.Complete();
        _simulation.RunUntilIdle();

        Assert.Equal(
            [(CollectionChangeKind.Snapshot, null, "a"), (CollectionChangeKind.Added, "b", "a b"), (CollectionChangeKind.Removed, "a", "b")],
            recorder.Items.Select(change => (change.Kind, change.Item, string.Join(' ', change.Items))));
        Assert.True(recorder.IsCompleted);
        Assert.Equal(["b"], list);
    }

    private static void Publish(ChangeStream<string> stream, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            stream.Publish($"{i}");
        }
    }

    private ChangeStream<string> Create(int capacity = 100) => new(Pump(capacity), "Letters");

    private ObserverPump Pump(int capacity) => new(_simulation, capacity, (observer, fault) => _reported.Add((observer, fault)));
}
