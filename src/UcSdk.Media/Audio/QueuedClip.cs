namespace UcSdk.Media;

/// <summary>One clip that waits in a <see cref="QueueAudioSource"/> or is being played.</summary>
internal sealed class QueuedClip(ReadOnlyMemory<short> samples)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _position;

    /// <summary>Ends with the last sample, or is cancelled.</summary>
    public Task Done => _done.Task;

    public void Cancel(CancellationToken cancellationToken) => _done.TrySetCanceled(cancellationToken);

    public int Read(Memory<short> destination)
    {
        if (_done.Task.IsCompleted)
        {
            return 0;
        }

        var count = Math.Min(destination.Length, samples.Length - _position);
        samples.Slice(_position, count).CopyTo(destination);
        _position += count;
        if (_position == samples.Length)
        {
            _done.TrySetResult();
        }

        return count;
    }
}
