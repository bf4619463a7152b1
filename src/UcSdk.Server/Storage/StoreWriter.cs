using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Server;

/// <summary>
/// The server's side of its store. What one item of work on the loop changes goes into one batch; while a batch is being written, later changes wait and
/// become the next, of the same record only the last. Used on the loop.
/// </summary>
/// <param name="store">Null when nothing is kept.</param>
/// <param name="loop">The server's loop.</param>
/// <param name="logger">The server's log.</param>
/// <param name="logUserData">Whether what a store says of its failures may be logged.</param>
internal sealed class StoreWriter(IServerStore? store, SerialLoop loop, ILogger logger, bool logUserData = false) : IDisposable
{
    /// <summary>The pause after the first failure; each further one doubles it, up to the longest.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string User, string Kind, string Key), StoreChange> _waiting = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _enough = new();
    private Task? _writing;
    private bool _closed;

    /// <summary>Changes that are not written yet, those of the batch under way included.</summary>
    public int Pending => _waiting.Count + Writing;

    /// <summary>How often writing has failed.</summary>
    public int Failures { get; private set; }

    private int Writing { get; set; }

    public void Put(string user, string kind, string key, ReadOnlyMemory<byte> content) => Change(new StoreChange(user, kind, key, content));

    public void Remove(string user, string kind, string key) => Change(new StoreChange(user, kind, key, null));

    /// <summary>Reads everything and gives it to the parts that keep it. What no part knows, or can read, stays in the store.</summary>
    public async Task LoadAsync(IReadOnlyList<IStoredState> parts, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        foreach (var record in await store.LoadAsync(cancellationToken))
        {
            if (parts.FirstOrDefault(part => part.Keeps(record.Kind)) is { } part && !part.TryRestore(record))
            {
                Log.RecordUnreadable(logger, record.Kind);
            }
        }
    }

    /// <summary>Writes what is waiting, without pauses, and ends.</summary>
    /// <param name="patience">When it is over, what is not written yet is given up.</param>
    public async Task CloseAsync(TimeSpan patience)
    {
        using var timer = new LoopTimer(loop, _enough.Cancel);
        timer.SetDeadline(loop.Now + patience);
        EndPause();
        if (_writing is { } writing)
        {
            await writing;
        }

        if (Pending > 0)
        {
            Log.ChangesLost(logger, Pending);
        }

        _closed = true;
    }

    public void Dispose()
    {
        _closed = true;
        _closing.Dispose();
        _enough.Dispose();
    }

    private void Change(StoreChange change)
    {
        if (store is null || _closed)
        {
            return;
        }

        _waiting[(change.User, change.Kind, change.Key)] = change;
        _writing ??= WriteAsync(store);
    }

    private async Task WriteAsync(IServerStore target)
    {
        var pause = FirstPause;
        // The item of work that made the first change may make others that belong to it.
        await LoopTurn();
        while (_waiting.Count > 0)
        {
            var batch = _waiting.Values.ToArray();
            _waiting.Clear();
            if (await TrySaveAsync(target, batch))
            {
                pause = FirstPause;
            }
            else if (_closing.IsCancellationRequested)
            {
                break;
            }
            else
            {
                await PauseAsync(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        _writing = null;
    }

    private async Task<bool> TrySaveAsync(IServerStore target, StoreChange[] batch)
    {
        Writing = batch.Length;
        try
        {
            await target.SaveAsync(batch, _enough.Token).WaitAsync(_enough.Token);
            return true;
        }
        catch (Exception failure)
        {
            // A store is the user's own code: whatever it fails with, the server goes on with what it has in memory.
            Failures++;
            Log.StoreFailed(logger, batch.Length, failure.GetType().Name, new(failure.Message, logUserData));
            foreach (var change in batch)
            {
                _waiting.TryAdd((change.User, change.Kind, change.Key), change);
            }

            return false;
        }
        finally
        {
            Writing = 0;
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await loop.DelayAsync(pause, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The server is stopping: one more try, at once.
        }
    }

    // On the loop, now: CancelAsync would go by the thread pool.
    private void EndPause() => _closing.Cancel();

    private Task LoopTurn()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(turn.SetResult);
        return turn.Task;
    }
}
