using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// Waits for a task with a token and a limit, on the loop's own clock. Everything stays on the loop, also where the task's owner completes it
/// elsewhere; what is given up goes on by itself.
/// </summary>
internal static class LoopWait
{
    /// <summary>The task's end, unless the token is cancelled before.</summary>
    public static Task UntilAsync(this SerialLoop loop, Task task, CancellationToken cancellationToken) =>
        WaitAsync(loop, task, null, "", cancellationToken);

    /// <inheritdoc cref="UntilAsync(SerialLoop, Task, CancellationToken)"/>
    public static async Task<T> UntilAsync<T>(this SerialLoop loop, Task<T> task, CancellationToken cancellationToken)
    {
        await WaitAsync(loop, task, null, "", cancellationToken);
        return await task;
    }

    /// <summary>The task's end, or a <see cref="TimeoutException"/> after the limit.</summary>
    public static Task WithinAsync(this SerialLoop loop, Task task, TimeSpan limit, string what, CancellationToken cancellationToken) =>
        WaitAsync(loop, task, limit, what, cancellationToken);

    /// <summary>Nothing, for a while.</summary>
    public static async Task DelayAsync(this SerialLoop loop, TimeSpan pause, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new LoopTimer(loop, () => end.TrySetResult());
        timer.SetDeadline(loop.Now + pause);
        using var cancel = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        await end.Task;
    }

    private static async Task WaitAsync(SerialLoop loop, Task task, TimeSpan? limit, string what, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = limit is null ? null : new LoopTimer(loop, () => end.TrySetException(new TimeoutException($"{what} did not happen within {limit}.")));
        timer?.SetDeadline(loop.Now + limit!.Value);

        using var cancel = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        // Not kept: it cannot fail, and it ends with the task.
        _ = ForwardAsync(task, end);
        await end.Task;
        await task;
    }

    private static async Task ForwardAsync(Task task, TaskCompletionSource end)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // Who waits gets it from the task itself.
        }

        end.TrySetResult();
    }
}
