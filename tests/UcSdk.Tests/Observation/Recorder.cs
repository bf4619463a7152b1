namespace UcSdk.Tests;

/// <summary>An observer that writes down what it gets.</summary>
internal sealed class Recorder<T>(Action<T>? also = null) : IObserver<T>
{
    public List<T> Items { get; } = [];

    public List<string> Log { get; } = [];

    public Exception? Error { get; private set; }

    public bool IsCompleted { get; private set; }

    public void OnNext(T value)
    {
        Items.Add(value);
        Log.Add($"{value}");
        also?.Invoke(value);
    }

    public void OnError(Exception error)
    {
        Error = error;
        Log.Add("error");
    }

    public void OnCompleted()
    {
        IsCompleted = true;
        Log.Add("completed");
    }
}
