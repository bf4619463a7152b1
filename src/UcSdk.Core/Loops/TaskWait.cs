namespace UcSdk.Core;

/// <summary>
/// Waits with a token that stay where they are awaited: unlike those of <see cref="Task.WaitAsync(CancellationToken)"/> they do not pass over the thread pool when what is
/// awaited was made to run its continuations elsewhere, which costs a loop a turn and a simulation its order. For code that runs on a loop.
/// </summary>
internal static class TaskWait
{
    /// <summary>The task's end, unless the token is cancelled before; what is given up goes on by itself.</summary>
    public static Task UntilAsync(this Task task, CancellationToken cancellationToken) =>
        task.IsCompleted || !cancellationToken.CanBeCanceled ? task : WaitAsync(task, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Task, CancellationToken)"/>
    public static Task<T> UntilAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        return task.IsCompleted || !cancellationToken.CanBeCanceled ? task : WaitForResultAsync();

        async Task<T> WaitForResultAsync()
        {
            await WaitAsync(task, cancellationToken);
            return await task;
        }
    }

    /// <summary>Ends <paramref name="end"/> with the task, however that ends. Not kept: it cannot fail.</summary>
    public static async Task ForwardAsync(Task task, TaskCompletionSource end)
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

    private static async Task WaitAsync(Task task, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancel = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        _ = ForwardAsync(task, end);
        await end.Task;
        await task;
    }
}
