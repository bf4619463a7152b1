namespace UcSdk.Core;

/// <summary>
/// Waits with a token that stay where they are awaited: unlike those of <see cref="Task.WaitAsync(CancellationToken)"/> they do not pass over the thread pool when what is
/// awaited was made to run its continuations elsewhere, which costs a loop a turn and a simulation its order. For code that runs on a loop.
/// </summary>
internal static class TaskWait
{
    /// <summary>The task's end, unless the token is cancelled before; what is given up goes on by itself.</summary>
    public static Task UntilAsync(this Task task, CancellationToken cancellationToken) =>
        task.IsCompleted || !cancellationToken.CanBeCanceled ? task : WaitAsync(task, NewEnd(), cancellationToken);

    /// <inheritdoc cref="UntilAsync(Task, CancellationToken)"/>
    public static Task<T> UntilAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        return task.IsCompleted || !cancellationToken.CanBeCanceled ? task : WaitForResultAsync();

        async Task<T> WaitForResultAsync()
        {
            await WaitAsync(task, NewEnd(), cancellationToken);
            return await task;
        }
    }

    /// <summary>The task's end, unless <paramref name="end"/> comes before; the token brings that, and whatever else the caller lets bring it.</summary>
    public static async Task WaitAsync(Task task, TaskCompletionSource end, CancellationToken cancellationToken)
    {
        using var cancel = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        // Not kept: it cannot fail, and it ends with the task.
        _ = ForwardAsync(task, end);
        await end.Task;
        await task;
    }

    /// <summary>What <see cref="WaitAsync"/> waits for.</summary>
    public static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);

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
