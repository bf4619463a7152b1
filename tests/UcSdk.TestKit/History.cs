namespace UcSdk.TestKit;

/// <summary>Writes down what an object reports of itself, up to its end.</summary>
internal sealed class History<T>(List<string> lines) : IObserver<T>
{
    public void OnNext(T value) => lines.Add($"{value}");

    public void OnError(Exception error) => lines.Add($"error: {error.Message}");

    public void OnCompleted() => lines.Add("completed");
}
