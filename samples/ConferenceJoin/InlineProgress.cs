namespace ConferenceJoin;

/// <summary>Progress that is handled where it is reported, in order; <see cref="Progress{T}"/> would hand it to the thread pool.</summary>
internal sealed class InlineProgress<T>(Action<T> handle) : IProgress<T>
{
    public void Report(T value) => handle(value);
}
