namespace UcSdk;

/// <summary>Serves an <see cref="IProgress{T}"/> like any other observer: in order, and away from the loop.</summary>
internal sealed class ProgressObserver<T>(IProgress<T> progress) : IObserver<T>
{
    public void OnNext(T value) => progress.Report(value);

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }
}
