using UcSdk.Core;

namespace UcSdk;

/// <summary>Waits with a limit, on the loop's own clock.</summary>
internal static class LoopDeadline
{
    /// <summary>The task's end, or a <see cref="TimeoutException"/> after the limit. Cancelling stops the waiting, not the task.</summary>
    public static async Task WithinAsync(this SerialLoop loop, Task task, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = loop.DelayAsync(limit, stop.Token);
        if (await Task.WhenAny(task, delay) == task)
        {
            stop.Cancel();
            await task;
            return;
        }

        await delay;
        throw new TimeoutException($"{what} did not happen within {limit}.");
    }
}
