namespace UcSdk.Core;

/// <summary>Waits on the loop's own clock.</summary>
internal static class LoopDelay
{
    /// <summary>Completes on the loop after the time has passed, or is cancelled with the token.</summary>
    public static async Task DelayAsync(this SerialLoop loop, TimeSpan time, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new LoopTimer(loop, () => done.TrySetResult());
        using var cancel = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        timer.SetDeadline(loop.Now + time);
        await done.Task;
    }
}
