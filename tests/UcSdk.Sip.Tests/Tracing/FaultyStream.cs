namespace UcSdk.Sip.Tests;

/// <summary>A disk that fails or waits.</summary>
internal sealed class FaultyStream : MemoryStream
{
    /// <summary>Every writing fails with it.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Writing waits for it.</summary>
    public TaskCompletionSource? Gate { get; init; }

    /// <summary>Ends when something waits at the gate.</summary>
    public TaskCompletionSource Held { get; } = new();

    public bool IsDisposed { get; private set; }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (Gate is not null)
        {
            Held.TrySetResult();
            await Gate.Task;
        }

        Write(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
