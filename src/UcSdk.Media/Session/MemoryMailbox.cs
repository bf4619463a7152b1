using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>What has arrived at one port of an in-memory network and was not read yet. Used on the network's loop.</summary>
internal sealed class MemoryMailbox
{
    /// <summary>Datagrams that wait, as in a socket's buffer; more are lost.</summary>
    public const int Capacity = 1024;

    private readonly Queue<MemoryDatagram> _arrived = new();
    private TaskCompletionSource<MemoryDatagram>? _reader;
    private bool _isClosed;

    public bool TryPut(MemoryDatagram datagram)
    {
        if (_reader is not null)
        {
            var reader = _reader;
            _reader = null;
            reader.SetResult(datagram);
            return true;
        }

        if (_arrived.Count == Capacity)
        {
            return false;
        }

        _arrived.Enqueue(datagram);
        return true;
    }

    public async Task<MemoryDatagram> TakeAsync(SerialLoop loop, CancellationToken cancellationToken)
    {
        if (_isClosed || cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        if (_arrived.TryDequeue(out var datagram))
        {
            return datagram;
        }

        if (_reader is not null)
        {
            throw new InvalidOperationException("This flow of the media transport is already being read.");
        }

        var reader = _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancel = cancellationToken.Register(() => loop.Post(() => Cancel(reader)));
        return await reader.Task;
    }

    public void Close()
    {
        _isClosed = true;
        _arrived.Clear();
        if (_reader is not null)
        {
            Cancel(_reader);
        }
    }

    private void Cancel(TaskCompletionSource<MemoryDatagram> reader)
    {
        if (_reader == reader)
        {
            _reader = null;
            reader.SetCanceled();
        }
    }
}
