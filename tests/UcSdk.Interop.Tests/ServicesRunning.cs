namespace UcSdk.Interop.Tests;

/// <summary>Ends when so many services of a client have all that they need of the server: then list and presence are known.</summary>
internal sealed class ServicesRunning(int count) : IObserver<ServiceProgress>
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;

    public Task Task => _done.Task;

    public void OnNext(ServiceProgress value)
    {
        if (value.Stage == ServiceStage.Done && --_left == 0)
        {
            _done.TrySetResult();
        }
        else if (value.Stage is ServiceStage.Fail or ServiceStage.Wait)
        {
            _done.TrySetException(new InvalidOperationException(value.ToString(), value.Cause));
        }
    }

    public void OnError(Exception error) => _done.TrySetException(error);

    public void OnCompleted() => _done.TrySetCanceled();
}
