using System.Runtime.InteropServices;

namespace UcSdk.Core;

/// <summary>
/// The deadlines of a sans-IO core: at most one per key, ordered by time and, at the same time, by the order in which they were set.
/// Setting a key again moves its deadline. Nothing here wakes anybody: the owner reads <see cref="NextDeadline"/> and asks
/// <see cref="TryTakeDue"/> until it answers no. Early or repeated questions are harmless.
/// </summary>
internal sealed class TimerQueue<TKey>
    where TKey : notnull
{
    // A heap of four children a node: half as deep as one of two, and the four lie side by side.
    private const int Children = 4;

    private readonly Dictionary<TKey, Node> _nodes;
    private Entry[] _heap = [];
    private Node? _free;
    private int _count;
    private long _order;

    public TimerQueue(IEqualityComparer<TKey>? comparer = null) => _nodes = new(comparer);

    /// <summary>How many deadlines are set; a core that has ended holds none.</summary>
    public int Count => _count;

    /// <summary>How many it could hold without growing.</summary>
    public int Room => _heap.Length;

    /// <summary>The earliest deadline, or null when none is set.</summary>
    public Timestamp? NextDeadline => _count > 0 ? _heap[0].Due : null;

    public void Set(TKey key, Timestamp due)
    {
        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, key, out var exists);
        var entry = new Entry(due, ++_order, node ??= Take(key));
        if (!exists)
        {
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, Math.Max(16, 2 * _count));
            }

            Rise(_count++, entry);
        }
        else if (entry.IsBefore(_heap[node.Place]))
        {
            Rise(node.Place, entry);
        }
        else
        {
            Sink(node.Place, entry);
        }
    }

    public bool Cancel(TKey key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        Remove(node);
        return true;
    }

    public bool IsSet(TKey key) => _nodes.ContainsKey(key);

    public bool TryTakeDue(Timestamp now, out TKey key)
    {
        if (_count == 0 || _heap[0].Due > now)
        {
            key = default!;
            return false;
        }

        var node = _heap[0].Node;
        key = node.Key;
        _nodes.Remove(key);
        Remove(node);
        return true;
    }

    public void Clear()
    {
        _nodes.Clear();
        _heap = [];
        _free = null;
        _count = 0;
    }

    private Node Take(TKey key)
    {
        if (_free is not { } node)
        {
            return new() { Key = key };
        }

        _free = node.Next;
        node.Next = null;
        node.Key = key;
        return node;
    }

    // What has been cancelled is gone at once: a deadline would otherwise hold its owner in memory until it comes.
    private void Remove(Node node)
    {
        var place = node.Place;
        var last = _heap[--_count];
        _heap[_count] = default;
        if (last.Node != node)
        {
            if (place > 0 && last.IsBefore(_heap[(place - 1) / Children]))
            {
                Rise(place, last);
            }
            else
            {
                Sink(place, last);
            }
        }

        node.Key = default!;
        node.Next = _free;
        _free = node;
        if (SparseTables.IsSparse(_count, _heap.Length))
        {
            Array.Resize(ref _heap, SparseTables.RoomAfter(_heap.Length));
            _nodes.GiveBack();
            _free = null;
        }
    }

    private void Rise(int place, Entry entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Children;
            if (!entry.IsBefore(_heap[parent]))
            {
                break;
            }

            Put(place, _heap[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry entry)
    {
        while ((Children * place) + 1 is var first && first < _count)
        {
            var least = first;
            for (var child = first + 1; child < Math.Min(first + Children, _count); child++)
            {
                least = _heap[child].IsBefore(_heap[least]) ? child : least;
            }

            if (!_heap[least].IsBefore(entry))
            {
                break;
            }

            Put(place, _heap[least]);
            place = least;
        }

        Put(place, entry);
    }

    private void Put(int place, in Entry entry)
    {
        _heap[place] = entry;
        entry.Node.Place = place;
    }

    private readonly record struct Entry(Timestamp Due, long Order, Node Node)
    {
        public bool IsBefore(in Entry other) => Due.Ticks < other.Due.Ticks || (Due.Ticks == other.Due.Ticks && Order < other.Order);
    }

    /// <summary>Where a key stands in the heap; those of deadlines that are over are used again.</summary>
    private sealed class Node
    {
        public TKey Key = default!;
        public int Place;
        public Node? Next;
    }
}
