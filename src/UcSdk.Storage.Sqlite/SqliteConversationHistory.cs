using UcSdk.Core;

namespace UcSdk.Storage.Sqlite;

/// <summary>
/// A client's history in one SQLite file (with its <c>-wal</c> beside it while it is open), found by conversation, person and time without reading all of it. The file is
/// opened, or made, when it is first used, belongs to one process at a time, and is readable for its owner only; each batch is one transaction. What SQLite does blocks, and
/// runs outside the client's loop and the thread pool. The program must bring a SQLite, for instance by the package SQLitePCLRaw.bundle_e_sqlite3. Members may be called
/// from any thread; what they ask for is done in order.
/// </summary>
public sealed class SqliteConversationHistory : IConversationHistory, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FileOnDemand<HistoryFile> _file;

    /// <summary>A history; nothing is opened yet.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SqliteConversationHistory(string path)
        : this(path, BlockingThreads.Shared, Patience)
    {
    }

    internal SqliteConversationHistory(string path, IBlockingWork threads, TimeSpan patience)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _file = new(this, Path, HistoryFile.Open, threads, patience);
    }

    /// <summary>The file, with its whole path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    /// <exception cref="StoreFileException">None of the messages was kept; it says why.</exception>
    /// <exception cref="ObjectDisposedException">The history was disposed.</exception>
    public Task AppendAsync(IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _file.DoAsync(file => file.Append(messages), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreFileException">The file cannot be used; it says why.</exception>
    /// <exception cref="ObjectDisposedException">The history was disposed.</exception>
    public Task<IReadOnlyList<HistoryMessage>> QueryAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _file.ReadAsync(file => file.Find(query), cancellationToken);
    }

    /// <summary>Closes the file when what was asked for before is done. A second call does nothing more.</summary>
    public async ValueTask DisposeAsync() => await _file.CloseAsync();
}
