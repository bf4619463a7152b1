using System.Collections.Concurrent;

namespace UcSdk.Server;

/// <summary>
/// A store in memory: given to one server after another, the second knows what the first one's users have made. For tests. Members may be called from any
/// thread; <see cref="SaveAsync"/> by one server at a time.
/// </summary>
public sealed class MemoryServerStore : IServerStore
{
    private readonly ConcurrentDictionary<(string User, string Kind, string Key), StoreRecord> _records = new();

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoreRecord>>([.. _records.Values]);

    /// <inheritdoc/>
    public Task SaveAsync(IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
        {
            var place = (change.User, change.Kind, change.Key);
            if (change.Content is { } content)
            {
                _records[place] = new StoreRecord(change.User, change.Kind, change.Key, content);
            }
            else
            {
                _records.TryRemove(place, out _);
            }
        }

        return Task.CompletedTask;
    }
}
