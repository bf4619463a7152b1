using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Core;
using UcSdk.Shared;

namespace UcSdk.Server.Tests;

/// <summary>How the server writes behind its answers: in batches, one at a time, with patience.</summary>
public sealed class StoreWriterTests : IDisposable
{
    private readonly SimulationScheduler _scheduler = new();
    private readonly SerialLoop _loop;
    private readonly ScriptedStore _store = new();
    private readonly StoreWriter _writer;

    public StoreWriterTests()
    {
        _loop = new SerialLoop(_scheduler);
        _writer = new StoreWriter(_store, _loop, NullLogger.Instance);
    }

    [Fact]
    public void What_changes_together_is_one_batch_and_of_each_record_the_last_word()
    {
        Do(() =>
        {
            Put("a", "1");
            Put("b", "1");
            Put("a", "2");
            _writer.Remove("u", "k", "c");
        });

        Assert.Equal(["a=2 b=1 c-"], _store.Batches);
        Assert.Equal((0, 0), (_writer.Pending, _writer.Failures));
    }

    [Fact]
    public void While_a_batch_is_being_written_the_next_one_gathers()
    {
        var first = _store.Hold();
        Do(() => Put("a", "1"));
        Do(() => Put("b", "1"));
        Do(() => Put("b", "2"));
        Assert.Equal(["a=1"], _store.Batches);
        Assert.Equal(2, _writer.Pending);

        Do(first.SetResult);
        Assert.Equal(["a=1", "b=2"], _store.Batches);
        Assert.Equal(0, _writer.Pending);
    }

    [Fact]
    public void A_batch_that_failed_comes_again_after_a_pause_with_what_is_new()
    {
        var first = _store.Hold();
        Do(() =>
        {
            Put("a", "1");
            Put("b", "1");
        });
        Do(() => Put("b", "2"));
        Do(() => first.SetException(new IOException("full")));
        Assert.Equal((1, 2), (_writer.Failures, _writer.Pending));

        _scheduler.Advance(StoreWriter.FirstPause - TimeSpan.FromTicks(1));
        Assert.Single(_store.Batches);
        _scheduler.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a=1 b=1", "b=2 a=1"], _store.Batches);
        Assert.Equal(0, _writer.Pending);
    }

    [Fact]
    public void Pauses_double_up_to_a_minute_and_begin_anew_after_a_success()
    {
        _store.FailuresToCome = 9;
        Do(() => Put("a", "1"));
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            var before = _store.Batches.Count;
            _scheduler.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(before, _store.Batches.Count);
            _scheduler.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(before + 1, _store.Batches.Count);
        }

        _scheduler.Advance(StoreWriter.LongestPause);
        Assert.Equal((9, 0), (_writer.Failures, _writer.Pending));
        _store.FailuresToCome = 1;
        Do(() => Put("a", "2"));
        _scheduler.Advance(StoreWriter.FirstPause);
        Assert.Equal(0, _writer.Pending);
    }

    [Fact]
    public void The_end_waits_for_the_batch_under_way_and_writes_the_rest_at_once()
    {
        var first = _store.Hold();
        Do(() => Put("a", "1"));
        Do(() => Put("b", "1"));
        var close = Close();
        Assert.False(close.IsCompleted);

        Do(first.SetResult);
        Assert.True(close.IsCompletedSuccessfully);
        Assert.Equal(["a=1", "b=1"], _store.Batches);
    }

    [Fact]
    public void The_end_breaks_a_pause_for_one_more_try()
    {
        _store.FailuresToCome = 1;
        Do(() => Put("a", "1"));
        var close = Close();
        _scheduler.RunUntilIdle();

        Assert.True(close.IsCompletedSuccessfully);
        Assert.Equal(["a=1", "a=1"], _store.Batches);
    }

    [Fact]
    public void The_end_gives_up_a_store_that_does_not_answer_and_says_how_much_is_lost()
    {
        var log = new RecordingLog();
        using var writer = new StoreWriter(_store, _loop, log.CreateLogger("x"));
        _store.Hold();
        Do(() => writer.Put("u", "k", "a", default));
        var close = _loop.InvokeAsync(() => writer.CloseAsync(TimeSpan.FromSeconds(2)));
        _scheduler.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(close.IsCompleted);

        _scheduler.Advance(TimeSpan.FromTicks(1));
        Assert.True(close.IsCompletedSuccessfully);
        Assert.Contains(log.Lines, line => line.StartsWith("1 changes were not written", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_store_nothing_waits()
    {
        using var writer = new StoreWriter(null, _loop, NullLogger.Instance);
        Do(() => writer.Put("u", "k", "a", default));
        Assert.Equal(0, writer.Pending);
        var close = _loop.InvokeAsync(() => writer.CloseAsync(TimeSpan.FromSeconds(2)));
        _scheduler.RunUntilIdle();
        Assert.True(close.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_one_server_kept_the_next_one_reads()
    {
        var store = new MemoryServerStore();
        await store.SaveAsync([new("u", "k", "a", Encoding.UTF8.GetBytes("1")), new("u", "k", "b", Encoding.UTF8.GetBytes("2"))], default);
        await store.SaveAsync([new("u", "k", "a", null), new("u", "k", "b", Encoding.UTF8.GetBytes("3")), new("u", "k", "none", null)], default);

        var record = Assert.Single(await store.LoadAsync(default));
        Assert.Equal(("u", "k", "b", "3"), (record.User, record.Kind, record.Key, Encoding.UTF8.GetString(record.Content.Span)));
        Assert.Equal(1, store.Count);
    }

    public void Dispose() => _writer.Dispose();

    private void Put(string key, string text) => _writer.Put("u", "k", key, Encoding.UTF8.GetBytes(text));

    private void Do(Action work)
    {
        _loop.Post(work);
        _scheduler.RunUntilIdle();
    }

    private Task Close()
    {
        var close = _loop.InvokeAsync(() => _writer.CloseAsync(TimeSpan.FromSeconds(2)));
        _scheduler.RunUntilIdle();
        return close;
    }

    private sealed class ScriptedStore : IServerStore
    {
        private TaskCompletionSource? _held;

        public List<string> Batches { get; } = [];

        public int FailuresToCome { get; set; }

        public TaskCompletionSource Hold() => _held = new TaskCompletionSource();

        public Task<IReadOnlyList<StoreRecord>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoreRecord>>([]);

        public Task SaveAsync(IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken)
        {
            Batches.Add(string.Join(' ', changes.Select(change => change.Content is { } content ? $"{change.Key}={Encoding.UTF8.GetString(content.Span)}" : $"{change.Key}-")));
            var task = _held?.Task ?? (FailuresToCome-- > 0 ? Task.FromException(new IOException("full")) : Task.CompletedTask);
            _held = null;
            return task;
        }
    }
}
