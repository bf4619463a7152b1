using UcSdk.Core;

namespace UcSdk.Storage.Sqlite;

/// <summary>
/// A file that is opened when it is first used, and used by one piece of work at a time, in the order in which they were asked for, outside the caller's loop and the thread pool.
/// </summary>
/// <param name="owner">Whose it is: who says that it was disposed.</param>
/// <param name="path">The file.</param>
/// <param name="open">Opens it; told how long it may wait for a file that is in use.</param>
/// <param name="threads">Where the work runs.</param>
/// <param name="patience">How long it waits.</param>
internal sealed class FileOnDemand<TFile>(object owner, string path, Func<string, TimeSpan, TFile> open, IBlockingWork threads, TimeSpan patience)
    where TFile : class, IDisposable
{
    private readonly BlockingTurns _turns = new(threads);
    private TFile? _file;
    private bool _disposed;

    /// <exception cref="ObjectDisposedException">The owner was disposed.</exception>
    public Task DoAsync(Action<TFile> work, CancellationToken cancellationToken) => _turns.RunAsync(() => work(Open()), cancellationToken);

    /// <exception cref="ObjectDisposedException">The owner was disposed.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(Func<TFile, IReadOnlyList<T>> read, CancellationToken cancellationToken)
    {
        IReadOnlyList<T> found = [];
        await _turns.RunAsync(() => found = read(Open()), cancellationToken);
        return found;
    }

    /// <summary>Closes the file when what was asked for before is done. A second call does nothing more.</summary>
    public Task CloseAsync() => _turns.RunAsync(Close, default);

    private TFile Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, owner);
        return _file ??= open(path, patience);
    }

    private void Close()
    {
        _disposed = true;
        _file?.Dispose();
        _file = null;
    }
}
