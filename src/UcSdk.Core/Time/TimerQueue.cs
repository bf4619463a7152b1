namespace UcSdk.Core;

/// <summary>
/// The deadlines of a sans-IO core: at most one per key, ordered by time and, at the same time, by the order in which they were set.
/// Setting a key again moves its deadline. Nothing here wakes anybody: the owner reads <see cref="NextDeadline"/> and asks
/// <see cref="TryTakeDue"/> until it answers no. Early or repeated questions are harmless.
/// </summary>
internal sealed class TimerQueue<TKey>
    where TKey : notnull
{
    private readonly PriorityQueue<(TKey Key, long Order), (Timestamp Due, long Order)> _heap = new();
    private readonly Dictionary<TKey, (Timestamp Due, long Order)> _live;
    private long _order;

    public TimerQueue(IEqualityComparer<TKey>? comparer = null) => _live = new(comparer);

    /// <summary>How many deadlines are set; a core that has ended holds none.</summary>
    public int Count => _live.Count;

    /// <summary>The earliest deadline, or null when none is set.</summary>
    public Timestamp? NextDeadline
    {
        get
        {
            DropStale();
            return _heap.TryPeek(out _, out var priority) ? priority.Due : null;
        }
    }

    public void Set(TKey key, Timestamp due)
    {
        var priority = (due, ++_order);
        _live[key] = priority;
        _heap.Enqueue((key, _order), priority);
        if (_heap.Count > 64 && _heap.Count > 4 * _live.Count)
        {
            Compact();
        }
    }

    public bool Cancel(TKey key) => _live.Remove(key);

    public bool IsSet(TKey key) => _live.ContainsKey(key);

    public bool TryTakeDue(Timestamp now, out TKey key)
    {
        DropStale();
        if (_heap.TryPeek(out var entry, out var priority) && priority.Due <= now)
        {
            _heap.Dequeue();
            _live.Remove(entry.Key);
            key = entry.Key;
            return true;
        }

        key = default!;
        return false;
    }

    public void Clear()
    {
        _live.Clear();
        _heap.Clear();
    }

    // Cancelled and moved deadlines stay in the heap until they surface, which keeps Set and Cancel cheap.
    private void DropStale()
    {
        while (_heap.TryPeek(out var entry, out _) && !IsCurrent(entry))
        {
            _heap.Dequeue();
        }
    }

    private bool IsCurrent((TKey Key, long Order) entry) =>
        _live.TryGetValue(entry.Key, out var live) && live.Order == entry.Order;

    private void Compact()
    {
        _heap.Clear();
        foreach (var (key, (due, order)) in _live)
        {
            _heap.Enqueue((key, order), (due, order));
        }
    }
}
