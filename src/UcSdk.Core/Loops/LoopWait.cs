namespace UcSdk.Core;

/// <summary>
/// Waits for a task with a token and a limit, on the loop's own clock. Everything stays on the loop, also where the task's owner completes it
/// elsewhere; what is given up goes on by itself.
/// </summary>
internal static class LoopWait
{
    /// <summary>The task's end, or a <see cref="TimeoutException"/> after the limit.</summary>
    public static async Task WithinAsync(this SerialLoop loop, Task task, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var end = TaskWait.NewEnd();
        using var timer = new LoopTimer(loop, () => end.TrySetException(new TimeoutException($"{what} did not happen within {limit}.")));
        timer.SetDeadline(loop.Now + limit);
        await TaskWait.WaitAsync(task, end, cancellationToken);
    }
}
