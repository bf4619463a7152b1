using UcSdk.Core;
using UcSdk.Server;

namespace UcSdk.Storage.Sqlite;

/// <summary>
/// A server's store in one SQLite file (with its <c>-wal</c> beside it while it is open). The file is opened, or made, when it is first read, belongs to one
/// server at a time, and is readable for its owner only. What SQLite does blocks, and runs outside the server's loop and the thread pool. The program must
/// bring a SQLite, for instance by the package SQLitePCLRaw.bundle_e_sqlite3. Members may be called from any thread; what they ask for is done in order.
/// </summary>
public sealed class SqliteServerStore : IServerStore, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FileOnDemand<StoreFile> _file;

    /// <summary>A store; nothing is opened yet.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SqliteServerStore(string path)
        : this(path, BlockingThreads.Shared, Patience)
    {
    }

    internal SqliteServerStore(string path, IBlockingWork threads, TimeSpan patience)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _file = new(this, Path, StoreFile.Open, threads, patience);
    }

    /// <summary>The file, with its whole path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    /// <exception cref="StoreFileException">The file cannot be used; it says why.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task<IReadOnlyList<StoreRecord>> LoadAsync(CancellationToken cancellationToken) => _file.ReadAsync(file => file.Load(), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreFileException">The changes were not made; it says why.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task SaveAsync(IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return _file.DoAsync(file => file.Save(changes), cancellationToken);
    }

    /// <summary>Closes the file when what was asked for before is done. A second call does nothing more.</summary>
    public async ValueTask DisposeAsync() => await _file.CloseAsync();
}
