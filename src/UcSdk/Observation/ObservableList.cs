using System.Collections;
using System.Collections.Immutable;

namespace UcSdk;

/// <summary>
/// A collection that can be read from any thread (each enumeration sees one moment) and observed: first a snapshot, then what is added
/// and removed, in order.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class ObservableList<T> : IReadOnlyList<T>
    where T : class
{
    private readonly ChangeStream<CollectionChange<T>> _changes;
    private volatile StrongBox _items = new([]);

    internal ObservableList(ObserverPump pump, string name)
    {
        _changes = new(pump, name);
        _changes.Replay(new(CollectionChangeKind.Snapshot, null, ImmutableArray<T>.Empty));
    }

    /// <summary>The changes. Ends when the owner of the collection does.</summary>
    public IObservable<CollectionChange<T>> Changes => _changes;

    /// <inheritdoc/>
    public int Count => _items.Value.Length;

    /// <inheritdoc/>
    public T this[int index] => _items.Value[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(T item) => Change(CollectionChangeKind.Added, item, _items.Value.Add(item));

    internal bool Remove(T item)
    {
        var items = _items.Value.Remove(item);
        if (items.Length == _items.Value.Length)
        {
            return false;
        }

        Change(CollectionChangeKind.Removed, item, items);
        return true;
    }

    internal void Complete() => _changes.Complete();

    private void Change(CollectionChangeKind kind, T item, ImmutableArray<T> items)
    {
        _items = new(items);
        _changes.Publish(new(kind, item, items), new(CollectionChangeKind.Snapshot, null, items));
    }

    // An immutable array is a struct; the box makes its exchange one write.
    private sealed record StrongBox(ImmutableArray<T> Value);
}
