namespace UcSdk.Tests;

internal sealed class ProgressRecorder : IProgress<JoinProgress>
{
    public List<string> Lines { get; } = [];

    public void Report(JoinProgress value) =>
        Lines.Add($"{value.Stage} {(value.IsCompleted ? "done" : "begins")} after {value.RoundTrips} at {value.Elapsed.TotalMilliseconds} ms");
}
