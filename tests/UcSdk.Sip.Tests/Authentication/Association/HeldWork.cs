using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>Blocking work that takes as long as the test wants.</summary>
internal sealed class HeldWork : IBlockingWork
{
    private readonly Queue<(Action Work, TaskCompletionSource Done)> _held = new();

    /// <summary>How many steps are waiting for their KDC.</summary>
    public int Count => _held.Count;

    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource();
        _held.Enqueue((work, done));
        return done.Task;
    }

    /// <summary>The oldest one ends; called inside a turn of the simulation.</summary>
    public void EndNext()
    {
        var (work, done) = _held.Dequeue();
        try
        {
            work();
            done.SetResult();
        }
        catch (InvalidOperationException failure)
        {
            done.SetException(failure);
        }
    }
}
