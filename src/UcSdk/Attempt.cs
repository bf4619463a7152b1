namespace UcSdk;

/// <summary>Something that is being set up and may be called off by the caller's token or by an event, which then is the cause.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _stop;

    private Attempt(CancellationToken caller) => _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);

    public CancellationToken Token => _stop.Token;

    /// <summary>Why it was called off; null while it was not, or when the caller did.</summary>
    public Exception? Cause { get; private set; }

    public static Attempt Begin(CancellationToken caller) => new(caller);

    public void CallOff(Exception cause)
    {
        if (!_stop.IsCancellationRequested)
        {
            Cause = cause;
            _stop.Cancel();
        }
    }

    /// <summary>What really ended the attempt, given what its code threw.</summary>
    public Exception Explain(Exception thrown) => thrown is OperationCanceledException && Cause is { } cause ? cause : thrown;

    public void Dispose() => _stop.Dispose();
}
