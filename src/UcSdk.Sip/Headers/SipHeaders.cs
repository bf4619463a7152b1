using System.Buffers;
using System.Collections;

namespace UcSdk.Sip;

/// <summary>
/// The header fields of one message, in order. Fields of a received message stay slices of its bytes until they are asked for, so what
/// nobody understands passes through untouched.
/// </summary>
public sealed class SipHeaders : IEnumerable<SipHeader>
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private HeaderSlot[] _slots;

    /// <summary>No fields yet.</summary>
    public SipHeaders()
        : this(default, 12)
    {
    }

    internal SipHeaders(ReadOnlyMemory<byte> bytes, int capacity)
    {
        _bytes = bytes;
        _slots = new HeaderSlot[capacity];
    }

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value of the first field of that name; null when there is none. Setting replaces all fields of the name by one, in the place of the first.</summary>
    /// <exception cref="ArgumentException">The value holds a line end.</exception>
    public string? this[HeaderName name]
    {
        get => Find(name, 0) is var at and >= 0 ? TextAt(at) : null;
        set => Set(name, value);
    }

    /// <summary>True when there is at least one field of that name.</summary>
    public bool Contains(HeaderName name) => Find(name, 0) >= 0;

    /// <summary>The values of all fields of that name, one per field.</summary>
    public IEnumerable<string> GetAll(HeaderName name)
    {
        for (var at = Find(name, 0); at >= 0; at = Find(name, at + 1))
        {
            yield return TextAt(at);
        }
    }

    /// <summary>The values of all fields of that name with their comma lists split (RFC 3261 §7.3.1).</summary>
    public IEnumerable<string> GetList(HeaderName name) => GetAll(name).SelectMany(SipGrammar.SplitList);

    /// <summary>True when a comma list of that name holds the token, compared without regard to case: Supported, Allow, Require …</summary>
    public bool HasToken(HeaderName name, string token) => GetList(name).Any(item => item.Equals(token, StringComparison.OrdinalIgnoreCase));

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
            if (!_slots[at].Name.Equals(name))
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

        var rest = SipGrammar.SplitList(TextAt(at)).Skip(1).ToArray();
        if (rest.Length > 0)
        {
            SetText(at, string.Join(", ", rest));
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
            yield return new(_slots[at].Name, TextAt(at));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal SipHeaders Clone()
    {
        var clone = new SipHeaders(_bytes, Count + 4) { Count = Count };
        Array.Copy(_slots, clone._slots, Count);
        return clone;
    }

    internal void AddSlice(HeaderName name, int start, int length)
    {
        Grow();
        _slots[Count++] = new HeaderSlot { Name = name, Start = start, Length = length };
    }

    /// <summary>The typed view of the first value of that name, parsed once; null when the field is absent or cannot be read.</summary>
    internal T? View<T>(HeaderName name, Func<string, T?> parse)
        where T : class
    {
        var at = Find(name, 0);
        if (at < 0)
        {
            return null;
        }

        if (_slots[at].View is T view)
        {
            return view;
        }

        var first = TextAt(at);
        if (SipGrammar.IndexOfOutside(first, ',') is var comma and >= 0)
        {
            first = first[..comma];
        }

        view = parse(first)!;
        _slots[at].View = view;
        return view;
    }

    internal void WriteTo(IBufferWriter<byte> writer)
    {
        for (var at = 0; at < Count; at++)
        {
            ref var slot = ref _slots[at];
            SipWriter.WriteText(writer, slot.Name.Text);
            writer.Write(": "u8);
            if (slot.Text is not null)
            {
                SipWriter.WriteText(writer, slot.Text);
            }
            else
            {
                writer.Write(_bytes.Span.Slice(slot.Start, slot.Length));
            }

            writer.Write("\r\n"u8);
        }
    }

    private static string Unfold(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return text;
        }

        var lines = text.Split('\n').Select(line => line.Trim(' ', '\t', '\r'));
        return string.Join(' ', lines.Where(line => line.Length > 0));
    }

    private static void RequireSingleLine(HeaderName name, string value)
    {
        if (!SipGrammar.IsSingleLine(value))
        {
            throw new ArgumentException($"The value of {name} holds a line end.", nameof(value));
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

            SetText(at, value);
        }
    }

    private void Insert(int at, HeaderName name, string value)
    {
        RequireSingleLine(name, value);
        Grow();
        Array.Copy(_slots, at, _slots, at + 1, Count - at);
        _slots[at] = new HeaderSlot { Name = name, Text = value };
        Count++;
    }

    private void SetText(int at, string value)
    {
        _slots[at].Text = value;
        _slots[at].View = null;
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
            Array.Resize(ref _slots, Math.Max(8, Count * 2));
        }
    }

    private int Find(HeaderName name, int start)
    {
        for (var at = start; at < Count; at++)
        {
            if (_slots[at].Name.Equals(name))
            {
                return at;
            }
        }

        return -1;
    }

    private string TextAt(int at)
    {
        ref var slot = ref _slots[at];
        return slot.Text ??= Unfold(WireText.Read(_bytes.Span.Slice(slot.Start, slot.Length)));
    }
}
