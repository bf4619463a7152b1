using System.Runtime.CompilerServices;

namespace UcSdk.Core;

/// <summary>
/// Awaits one value task after another on a loop: <c>await awaiter.Of(task)</c>. It does what <c>await task</c> does there, but makes nothing for each, which counts where
/// every message is one. Used on the loop, for one task at a time.
/// </summary>
/// <param name="loop">Where it goes on.</param>
internal sealed class LoopAwaiter<T>(SerialLoop loop) : ICriticalNotifyCompletion
{
    private readonly SerialLoop _loop = loop;
    private ValueTask<T> _task;
    private Action? _completed;
    private Action? _continuation;

    public bool IsCompleted => _task.IsCompleted;

    /// <summary>Itself, for this task.</summary>
    public LoopAwaiter<T> Of(ValueTask<T> task)
    {
        _task = task;
        return this;
    }

    public LoopAwaiter<T> GetAwaiter() => this;

    /// <summary>The result, or what the task threw; the task is let go of.</summary>
    public T GetResult()
    {
        var task = _task;
        _task = default;
        return task.GetAwaiter().GetResult();
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        _continuation = continuation;
        _completed ??= Completed;
        _task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_completed);
    }

    // On whatever thread the task has ended.
    private void Completed() => _loop.Post(static awaiter => ((LoopAwaiter<T>)awaiter!)._continuation!(), this);
}
