using System.Buffers;
using System.Collections;

namespace UcSdk.Sip;

/// <summary>
/// The header fields of one message, in order. Fields of a received message stay slices of its bytes until they are asked for, so what
/// nobody understands passes through untouched.
/// </summary>
public sealed partial class SipHeaders : IEnumerable<SipHeader>
{
    private readonly SlotReader _reader;
    private HeaderSlot[] _slots;

    /// <summary>No fields yet.</summary>
    public SipHeaders()
        : this([], 12)
    {
    }

    /// <summary>No fields yet, room for some, and the bytes of the message that fields may be copied from.</summary>
    internal SipHeaders(byte[] bytes, int capacity)
    {
        _reader = new(bytes);
        _slots = new HeaderSlot[capacity];
    }

    /// <summary>The fields of a received message.</summary>
    internal SipHeaders(byte[] bytes, ReadOnlySpan<HeaderRange> ranges)
        : this(bytes, ranges.Length)
    {
        foreach (var range in ranges)
        {
            _slots[Count++] = new HeaderSlot(range);
        }
    }

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value of the first field of that name; null when there is none. Setting replaces all fields of the name by one, in the place of the first.</summary>
    /// <exception cref="ArgumentException">The value holds a line end.</exception>
    public string? this[HeaderName name]
    {
        get => Find(name, 0) is var at and >= 0 ? _reader.TextOf(ref _slots[at]) : null;
        set => Set(name, value);
    }

    /// <summary>The bytes of the message that the fields are slices of.</summary>
    internal byte[] Bytes => _reader.Bytes;

    /// <summary>True when there is at least one field of that name.</summary>
    public bool Contains(HeaderName name) => Find(name, 0) >= 0;

    /// <summary>The values of all fields of that name, one per field.</summary>
    public IEnumerable<string> GetAll(HeaderName name) => Find(name, 0) is var first and >= 0 ? GetAllFrom(name, first) : [];

    /// <summary>The values of all fields of that name with their comma lists split (RFC 3261 §7.3.1).</summary>
    public IEnumerable<string> GetList(HeaderName name) => Find(name, 0) is var first and >= 0 ? GetAllFrom(name, first).SelectMany(SipGrammar.SplitList) : [];

    /// <summary>True when a comma list of that name holds the token, compared without regard to case: Supported, Allow, Require …</summary>
    public bool HasToken(HeaderName name, string token)
    {
        for (var at = Find(name, 0); at >= 0; at = Find(name, at + 1))
        {
            var rest = _reader.ValueOf(ref _slots[at]);
            while (rest.Start < rest.End)
            {
                var end = Scan.FindValueEnd(rest.Upto, rest.Start);
                if (Scan.EqualsIgnoreCase((rest with { End = end }).Trim().Span, token))
                {
                    return true;
                }

                rest = rest with { Start = end + 1 };
            }
        }

        return false;
    }

    /// <summary>Appends a field.</summary>
    /// <exception cref="ArgumentException">The value holds a line end.</exception>
    public void Add(HeaderName name, string value) => Insert(Count, name, value);

    /// <summary>Puts a field before all others.</summary>
    /// <exception cref="ArgumentException">The value holds a line end.</exception>
    public void AddFirst(HeaderName name, string value) => Insert(0, name, value);

    /// <summary>Removes every field of that name; true when there was one.</summary>
    public bool Remove(HeaderName name)
    {
        var kept = 0;
        for (var at = 0; at < Count; at++)
        {
            if (!_reader.HasName(_slots[at], name))
            {
                _slots[kept++] = _slots[at];
            }
        }

        var removed = kept < Count;
        Array.Clear(_slots, kept, Count - kept);
        Count = kept;
        return removed;
    }

    /// <summary>Removes the first value of that name, also out of a comma list (the topmost Via or Route); true when there was one.</summary>
    public bool RemoveFirstValue(HeaderName name)
    {
        var at = Find(name, 0);
        if (at < 0)
        {
            return false;
        }

        if (_reader.IsSingle(ref _slots[at]))
        {
            RemoveAt(at);
            return true;
        }

        var rest = SipGrammar.SplitList(_reader.TextOf(ref _slots[at])).Skip(1).ToArray();
        if (rest.Length > 0)
        {
            _slots[at] = new HeaderSlot(name, string.Join(", ", rest));
        }
        else
        {
            RemoveAt(at);
        }

        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator()
    {
        for (var at = 0; at < Count; at++)
        {
            yield return new(_reader.NameOf(_slots[at]), _reader.TextOf(ref _slots[at]));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Puts bytes, which hold no line end, in the place of the first field of a known name.</summary>
    internal void SetFirst(HeaderName name, byte[] value) => _slots[Find(name, 0)] = new(name, value);

    /// <summary>Puts a field of a known name before all others, given as bytes, which hold no line end.</summary>
    internal void AddFirst(HeaderName name, byte[] value)
    {
        Grow();
        Array.Copy(_slots, 0, _slots, 1, Count++);
        _slots[0] = new(name, value);
    }

    internal SipHeaders Clone()
    {
        var clone = new SipHeaders(_reader.Bytes, Count + 2) { Count = Count };
        Array.Copy(_slots, clone._slots, Count);
        return clone;
    }

    /// <summary>Appends every field of that name as it stands in another message; of the message whose bytes are shared, nothing is copied.</summary>
    internal void AddFrom(SipHeaders source, HeaderName name)
    {
        for (var at = source.Find(name, 0); at >= 0; at = source.Find(name, at + 1))
        {
            ref var slot = ref source._slots[at];
            Grow();
            _slots[Count++] = slot.IsSlice && !ReferenceEquals(source.Bytes, Bytes) ? new HeaderSlot(name, source._reader.TextOf(ref slot)) : slot;
        }
    }

    /// <summary>The typed view of the first value of that name, read once; null when the field is absent or cannot be read.</summary>
    internal T? View<T>(HeaderName name)
        where T : class, IWireValue<T>
    {
        var at = Find(name, 0);
        if (at < 0)
        {
            return null;
        }

        ref var slot = ref _slots[at];
        if (slot.Made is T made)
        {
            return made;
        }

        if (slot.View is not { } view)
        {
            view = T.TryRead(_reader.ValueOf(ref slot), out var read) ? read : HeaderValue.Unreadable;
            slot.KeepView(view);
        }

        return view as T;
    }

    /// <summary>The first of the names, in their order, that stands in more than one field; null for none. Numbers up to 63.</summary>
    internal HeaderName? FindRepeated(ReadOnlySpan<HeaderName> names)
    {
        var (seen, repeated) = (0UL, 0UL);
        foreach (ref readonly var slot in _slots.AsSpan(0, Count))
        {
            var bit = slot.Id < 64 ? 1UL << slot.Id : 0;
            repeated |= seen & bit;
            seen |= bit;
        }

        foreach (var name in names)
        {
            if ((repeated & (1UL << name.Id)) != 0)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>True when every value of that name is an address, or where <paramref name="mayBeStar"/> the whole field an asterisk (RFC 3261 §20.10).</summary>
    internal bool AreAddresses(HeaderName name, bool mayBeStar)
    {
        _ = View<NameAddr>(name);
        for (var at = Find(name, 0); at >= 0; at = Find(name, at + 1))
        {
            ref var slot = ref _slots[at];
            if (slot.View == HeaderValue.Unreadable && slot.IsSlice && Bytes[slot.Start] is not ((byte)',' or (byte)'*'))
            {
                return false;
            }

            // What has been read as a view is not read again; a folded value was unfolded for it into an array of its own.
            var rest = slot.IsSlice && slot.View is NameAddr first ? first.Following(slot.IsFolded ? -1 : slot.Start + slot.Length) : _reader.ValueOf(ref slot);
            if (!AreAddresses(rest.Trim(), mayBeStar))
            {
                return false;
            }
        }

        return true;
    }

    internal void WriteTo(IBufferWriter<byte> writer)
    {
        for (var at = 0; at < Count; at++)
        {
            _reader.Write(writer, _slots[at]);
        }
    }

    private static bool AreAddresses(WireSlice rest, bool mayBeStar)
    {
        while (rest.Start < rest.End)
        {
            if (rest.Bytes[rest.Start] == ',')
            {
                // Empty parts of a list mean nothing.
                rest = (rest with { Start = rest.Start + 1 }).Trim();
                continue;
            }

            if (mayBeStar && rest.Bytes[rest.Start] == '*')
            {
                return rest.End == rest.Start + 1;
            }

            if (!NameAddr.TryRead(rest, out _, out var next))
            {
                return false;
            }

            rest = rest with { Start = Scan.SkipBlanks(rest.Upto, next, rest.End) };
        }

        return true;
    }

    private static void RequireSingleLine(HeaderName name, string value)
    {
        if (!SipGrammar.IsSingleLine(value))
        {
            throw new ArgumentException($"The value of {name} holds a line end.", nameof(value));
        }
    }

    private IEnumerable<string> GetAllFrom(HeaderName name, int first)
    {
        for (var at = first; at >= 0; at = Find(name, at + 1))
        {
            yield return _reader.TextOf(ref _slots[at]);
        }
    }

    private void Set(HeaderName name, string? value)
    {
        var at = Find(name, 0);
        if (value is null)
        {
            Remove(name);
        }
        else if (at < 0)
        {
            Add(name, value);
        }
        else
        {
            RequireSingleLine(name, value);
            for (var other = Find(name, at + 1); other >= 0; other = Find(name, at + 1))
            {
                RemoveAt(other);
            }

            _slots[at] = new HeaderSlot(name, value);
        }
    }

    private void Insert(int at, HeaderName name, string value)
    {
        RequireSingleLine(name, value);
        Grow();
        Array.Copy(_slots, at, _slots, at + 1, Count - at);
        _slots[at] = new HeaderSlot(name, value);
        Count++;
    }

    private void RemoveAt(int at)
    {
        Count--;
        Array.Copy(_slots, at + 1, _slots, at, Count - at);
        _slots[Count] = default;
    }

    private void Grow()
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(8, Count + (Count / 2)));
        }
    }

    private int Find(HeaderName name, int start)
    {
        var slots = _slots.AsSpan(0, Count);
        for (var at = start; at < slots.Length; at++)
        {
            if (slots[at].Id == name.Id && (name.Id != 0 || _reader.HasName(slots[at], name)))
            {
                return at;
            }
        }

        return -1;
    }
}
