using System.Collections.Concurrent;

namespace UcSdk.Core;

/// <summary>
/// Runs the work given to it one item at a time, in order, on an <see cref="ILoopScheduler"/>. It is also the synchronisation context
/// of that work, so every <c>await</c> in it continues on the loop: state that only the loop touches needs no lock.
/// </summary>
internal sealed class SerialLoop : SynchronizationContext, IThreadPoolWorkItem
{
    // A long queue yields to its neighbours after this many items.
    private const int ItemsPerTurn = 64;

    private readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> _queue = new();
    private readonly ILoopScheduler _scheduler;
    private int _pending;
    private Timestamp _busySince;

    public SerialLoop(ILoopScheduler scheduler, Action<Exception>? onFault = null)
    {
        _scheduler = scheduler;
        OnFault = onFault ?? scheduler.ReportFault;
    }

    public ILoopScheduler Scheduler => _scheduler;

    public TimeProvider Time => _scheduler.Time;

    public Timestamp Now => Timestamp.Of(_scheduler.Time);

    /// <summary>Takes what left the outermost line of an item; by default the scheduler reports it.</summary>
    public Action<Exception> OnFault { get; set; }

    /// <summary>
    /// Since when there has been work without a pause: nothing that waits for its turn, here or in a socket that is read whenever it has something, can
    /// have waited longer. Read on the loop.
    /// </summary>
    public Timestamp BusySince => _busySince;

    /// <summary>The time that has passed since then.</summary>
    public TimeSpan BusyFor => Now - _busySince;

    /// <summary>True while the calling code runs on this loop.</summary>
    public bool IsCurrent => ReferenceEquals(Current, this);

    public void Post(Action work) => Post(static state => ((Action)state!)(), work);

    public override void Post(SendOrPostCallback d, object? state)
    {
        _queue.Enqueue((d, state));
        if (Interlocked.Increment(ref _pending) == 1)
        {
            _busySince = Now;
            _scheduler.Schedule(this);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A serial loop blocks no thread; post to it instead.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs the work now when already on the loop, otherwise posts it.</summary>
    public void Run(Action work)
    {
        if (IsCurrent)
        {
            work();
        }
        else
        {
            Post(work);
        }
    }

    /// <summary>Runs asynchronous work on the loop; the task ends as the work ends.</summary>
    public Task InvokeAsync(Func<Task> work) => InvokeAsync(async () =>
    {
        await work();
        return true;
    });

    /// <inheritdoc cref="InvokeAsync(Func{Task})"/>
    public Task<T> InvokeAsync<T>(Func<Task<T>> work)
    {
        if (IsCurrent)
        {
            return work();
        }

        var completion = new TaskCompletionSource<T>(_scheduler.CompletionOptions);
        Post(() => _ = CompleteAsync(work, completion));
        return completion.Task;
    }

    /// <summary>Reads or changes state on the loop; the task ends with the result.</summary>
    public Task<T> InvokeAsync<T>(Func<T> work) => InvokeAsync(() => Task.FromResult(work()));

    void IThreadPoolWorkItem.Execute()
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            RunTurn();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void RunTurn()
    {
        var done = 0;
        while (done < ItemsPerTurn && _queue.TryDequeue(out var item))
        {
            done++;
            try
            {
                item.Work(item.State);
            }
            catch (Exception fault)
            {
                OnFault(fault);
            }
        }

        if (Interlocked.Add(ref _pending, -done) > 0)
        {
            _scheduler.Schedule(this);
        }
    }

    // The task is not kept: it cannot fail, because every outcome goes into the completion that the caller holds. The completion runs
    // the caller's continuation elsewhere, so user code never runs inside a turn of the loop.
    private static async Task CompleteAsync<T>(Func<Task<T>> work, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(await work());
        }
        catch (OperationCanceledException cancelled)
        {
            completion.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception failure)
        {
            completion.SetException(failure);
        }
    }
}
