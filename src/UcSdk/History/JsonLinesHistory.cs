using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// A history in one text file: a line of JSON for each message, in UTF-8, and one more for what became of it later. Lines are only ever added, each batch in one write that
/// is on the disk before <see cref="AppendAsync"/> ends; what a crash has torn is passed over, told of by <see cref="Damages"/>, and harms nothing that comes behind it. The
/// file is made when something is first kept, readable for its owner only. A query reads it from its end, until it has as many messages as are wanted or has come a day before
/// <see cref="HistoryQuery.From"/>; it holds no more than those and the ids of 65,536 lines, so that what became of a message is found when it stands no further behind it. One that asks for what is
/// rare or long ago reads the whole file: for large histories of that use take the one of UcSdk.Storage.Sqlite. One process at a time may write. Members may be called from any thread; what they ask for is done in order.
/// </summary>
public sealed class JsonLinesHistory : IConversationHistory, IAsyncDisposable
{
    private readonly BlockingTurns _turns;
    private JsonLinesFile? _file;
    private bool _disposed;

    /// <summary>A history; nothing is opened yet.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public JsonLinesHistory(string path)
        : this(path, BlockingThreads.Shared)
    {
    }

    internal JsonLinesHistory(string path, IBlockingWork threads)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _turns = new(threads);
    }

    /// <summary>The file, with its whole path.</summary>
    public string Path { get; }

    /// <summary>The lines that the last query has passed over, among those that it has read; at most <see cref="JsonLinesDamage.MaxDamages"/> of them.</summary>
    public IReadOnlyList<JsonLinesDamage> Damages { get; private set; } = [];

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; what was appended may be in it in part.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The history was disposed.</exception>
    public Task AppendAsync(IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _turns.RunAsync(
            () =>
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                (_file ??= JsonLinesFile.Open(Path)).Append(messages);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The history was disposed.</exception>
    public async Task<IReadOnlyList<HistoryMessage>> QueryAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<HistoryMessage> found = [];
        await _turns.RunAsync(
            () =>
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                (found, Damages) = JsonLinesFile.Read(Path, query);
            },
            cancellationToken);
        return found;
    }

    /// <summary>Closes the file when what was asked for before is done. A second call does nothing more.</summary>
    public async ValueTask DisposeAsync() => await _turns.RunAsync(
        () =>
        {
            _disposed = true;
            _file?.Dispose();
            _file = null;
        },
        default);
}
