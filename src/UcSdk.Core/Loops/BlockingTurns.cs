namespace UcSdk.Core;

/// <summary>
/// Blocking work on one thing, e.g. a file: one step at a time, in the order of the calls, whatever threads they come from. Turns are taken by handing on the task of the
/// one before.
/// </summary>
internal sealed class BlockingTurns(IBlockingWork threads)
{
    private Task _last = Task.CompletedTask;

    /// <summary>Runs the work when what was asked for before is done; the task ends as the work ends, with its exception.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Until its turn comes, the work is not begun; later it does nothing.</param>
    public async Task RunAsync(Action work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _last, done.Task);
        try
        {
            await before;
            cancellationToken.ThrowIfCancellationRequested();
            await threads.RunAsync(work);
        }
        finally
        {
            done.SetResult();
        }
    }
}
