using System.Collections.Concurrent;

namespace UcSdk.Core;

/// <summary>
/// The production form: a few threads of its own for the whole process, started when there is something to do and ended when there is nothing. However
/// many clients wait for a KDC that does not answer, loops have the thread pool to themselves.
/// </summary>
internal sealed class BlockingThreads(int limit) : IBlockingWork
{
    /// <summary>How many steps wait at the same time in a process; further ones wait for a thread first.</summary>
    public const int DefaultLimit = 16;

    private readonly ConcurrentQueue<(Action Work, TaskCompletionSource Done)> _queue = new();
    private int _threads;

    public static BlockingThreads Shared { get; } = new(DefaultLimit);

    /// <summary>How many threads there are now.</summary>
    public int Threads => Volatile.Read(ref _threads);

    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Enqueue((work, done));
        if (TryEnter())
        {
#pragma warning disable RS0030 // The one place with threads of its own: what blocks must not take those of the pool.
            new Thread(Serve) { IsBackground = true, Name = "UcSdk blocking work" }.UnsafeStart();
#pragma warning restore RS0030
        }

        return done.Task;
    }

    private bool TryEnter()
    {
        for (var threads = Threads; threads < limit; threads = Threads)
        {
            if (Interlocked.CompareExchange(ref _threads, threads + 1, threads) == threads)
            {
                return true;
            }
        }

        return false;
    }

    private void Serve()
    {
        do
        {
            while (_queue.TryDequeue(out var item))
            {
                Run(item.Work, item.Done);
            }

            Interlocked.Decrement(ref _threads);
        }
        while (!_queue.IsEmpty && TryEnter()); // What came after the last look and before the leaving found no room for a thread.
    }

    // The outermost line of the thread: whoever awaits the work gets what went wrong in it.
    private static void Run(Action work, TaskCompletionSource done)
    {
        try
        {
            work();
            done.SetResult();
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }
}
