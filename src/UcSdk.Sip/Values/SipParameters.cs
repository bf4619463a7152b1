using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The <c>;name=value</c> parameters of a URI or header, in order and as written. Names are compared without regard to case
/// (RFC 3261 §7.3.1); values are given without their quotes. Immutable; of a received message they stay bytes until one is asked for.
/// </summary>
public sealed class SipParameters : IEnumerable<KeyValuePair<string, string?>>
{
    /// <summary>No parameters.</summary>
    public static readonly SipParameters Empty = new(new([], 0, 0), 0);

    // Lookups are linear, so an endless list from the network must not make them slow; real values have a dozen.
    internal const int MaxCount = 64;

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _end;

    private SipParameters(WireSlice slice, int count)
    {
        (_bytes, _start, _end) = (slice.Bytes, slice.Start, slice.End);
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The value of the parameter; null when it is absent or has none.</summary>
    public string? this[string name] => Find(new(_bytes, _start, _end), name);

    /// <summary>True when the parameter is there, with or without a value.</summary>
    public bool Contains(string name) => Reader().TryFind(name);

    /// <summary>These parameters with one set: replaced in its place, or appended. A value that is no token is quoted.</summary>
    /// <exception cref="ArgumentException">The name is not a token, or the value holds a line end.</exception>
    public SipParameters With(string name, string? value)
    {
        if (!SipGrammar.IsToken(name))
        {
            throw new ArgumentException($"'{name}' is not a parameter name: a token is wanted.", nameof(name));
        }

        return WithRaw(name, value is null || SipGrammar.IsToken(value) || IsHost(value) ? value : SipGrammar.Quote(RequireSingleLine(value)));
    }

    /// <summary>As <see cref="With"/>, with the value always in quotes (<c>+sip.instance</c>, <c>gruu</c>).</summary>
    public SipParameters WithQuoted(string name, string value) => WithRaw(name, SipGrammar.Quote(RequireSingleLine(value)));

    /// <summary>These parameters without the named one.</summary>
    public SipParameters Without(string name)
    {
        if (!Contains(name))
        {
            return this;
        }

        var kept = new byte[_end - _start + 1];
        var length = 0;
        var count = 0;
        var reader = Reader();
        while (reader.TryRead())
        {
            if (!Scan.EqualsIgnoreCase(reader.Name, name))
            {
                kept[length++] = (byte)';';
                _bytes.AsSpan(reader.NameStart, reader.ValueEnd - reader.NameStart).CopyTo(kept.AsSpan(length));
                length += reader.ValueEnd - reader.NameStart;
                count++;
            }
        }

        return count == 0 ? Empty : new(new(kept, 0, length), count);
    }

    /// <summary>The parameters as written, each with its leading semicolon.</summary>
    public override string ToString()
    {
        if (Count == 0)
        {
            return "";
        }

        var written = _bytes.AsSpan(_start, _end - _start);
        if (written[0] == ';' && written[^1] != ';' && !written.ContainsAny((byte)' ', (byte)'\t'))
        {
            // As one would write it: nothing to leave out.
            return WireText.Read(written);
        }

        var text = new StringBuilder(_end - _start + 1);
        AppendTo(text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        var items = new KeyValuePair<string, string?>[Count];
        var reader = Reader();
        for (var at = 0; reader.TryRead(); at++)
        {
            items[at] = new(WireText.Read(reader.Name), reader.HasValue ? Unquote(reader.RawValue) : null);
        }

        return ((IEnumerable<KeyValuePair<string, string?>>)items).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads <c>;a;b=c;d="e"</c>; the leading semicolon may be absent. False when a name is missing, a quote stays open, or there are more than 64.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var slice = new WireSlice(bytes, 0, bytes.Length);
        var readable = TryMeasure(slice.Upto, 0, inList: false, out _);
        parameters = readable ? Of(slice, inList: false) : Empty;
        return readable;
    }

    /// <summary>The parameters of a slice that has been measured.</summary>
    internal static SipParameters Of(WireSlice slice, bool inList)
    {
        var reader = new ParameterReader(slice.Upto, slice.Start, inList);
        while (reader.TryRead())
        {
        }

        return reader.Count == 0 ? Empty : new(slice with { End = Math.Min(slice.End, reader.Position) }, reader.Count);
    }

    /// <summary>Finds the end of parameters; false when they cannot be read.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> bytes, int start, bool inList, out int end)
    {
        if (start < bytes.Length && bytes[start] == ';' && PlainParameters.TryFindEnd(bytes, start, inList, out end))
        {
            return PlainParameters.AreReadable(bytes[start..end]);
        }

        var reader = new ParameterReader(bytes, start, inList);
        while (reader.TryRead())
        {
        }

        end = reader.Position;
        return !reader.IsBroken;
    }

    /// <summary>The value of one parameter, without making the others; null when it is absent or has none.</summary>
    internal static string? Find(WireSlice slice, ReadOnlySpan<char> name)
    {
        var bytes = slice.Span;
        if (!bytes.IsEmpty && bytes[0] == ';' && PlainParameters.TryFindEnd(bytes, 0, inList: false, out _))
        {
            return PlainParameters.TryFind(bytes, name, out var item) && item.Length > name.Length ? WireText.Read(item[(name.Length + 1)..]) : null;
        }

        var reader = new ParameterReader(bytes, 0, inList: false);
        return reader.TryFind(name) && reader.HasValue ? Unquote(reader.RawValue) : null;
    }

    /// <summary>True when the parameter is there, with or without a value.</summary>
    internal static bool Contains(WireSlice slice, ReadOnlySpan<char> name)
    {
        var bytes = slice.Span;
        return !bytes.IsEmpty && bytes[0] == ';' && PlainParameters.TryFindEnd(bytes, 0, inList: false, out _)
            ? PlainParameters.TryFind(bytes, name, out _)
            : new ParameterReader(bytes, 0, inList: false).TryFind(name);
    }

    /// <summary>The value of one parameter as it stands among others as simple as that; false also where only <see cref="Find"/> can say.</summary>
    internal static bool TryFindPlain(WireSlice slice, ReadOnlySpan<char> name, out ReadOnlySpan<byte> value)
    {
        var bytes = slice.Span;
        value = default;
        if (bytes.IsEmpty || bytes[0] != ';' || !PlainParameters.TryFindEnd(bytes, 0, inList: false, out _)
            || !PlainParameters.TryFind(bytes, name, out var item) || item.Length <= name.Length)
        {
            return false;
        }

        value = item[(name.Length + 1)..];
        return true;
    }

    /// <summary>True when the parameter is there with a value, which is not made.</summary>
    internal static bool HasValue(WireSlice slice, ReadOnlySpan<char> name)
    {
        var reader = new ParameterReader(slice.Upto, slice.Start, inList: false);
        return reader.TryFind(name) && reader.HasValue;
    }

    /// <inheritdoc cref="HasValue(WireSlice, ReadOnlySpan{char})"/>
    internal bool HasValue(string name) => HasValue(new(_bytes, _start, _end), name);

    /// <summary>True when the parameters can be read and no name stands more than once, which URIs forbid (RFC 3261 §19.1.1).</summary>
    /// <param name="bytes">The parameters, from their first semicolon on.</param>
    /// <param name="isPlain">True when <see cref="PlainParameters.IsPlain"/> has said so.</param>
    internal static bool AreUnique(ReadOnlySpan<byte> bytes, bool isPlain) =>
        isPlain && PlainParameters.AreUnique(bytes) is { } verdict ? verdict : AreAllUnique(bytes);

    private static bool AreAllUnique(ReadOnlySpan<byte> bytes)
    {
        Span<ushort> hashes = stackalloc ushort[MaxCount];
        var reader = new ParameterReader(bytes, 0, inList: false);
        for (var count = 0; reader.TryRead(); count++)
        {
            hashes[count] = HashOf(reader.Name);
            // Names are compared only where their hashes agree, so that many names do not cost their square.
            if (hashes[..count].Contains(hashes[count]) && IsRepeated(bytes, reader.Name, reader.NameStart))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

    /// <summary>True when a name stands more than once.</summary>
    internal bool HasDuplicates() => !AreAllUnique(_bytes.AsSpan(_start, _end - _start));

    internal void AppendTo(StringBuilder text)
    {
        var reader = Reader();
        while (reader.TryRead())
        {
            text.Append(';').Append(WireText.Read(reader.Name));
            if (reader.HasValue)
            {
                text.Append('=').Append(WireText.Read(reader.RawValue));
            }
        }
    }

    // URI parameters are written as they are, never quoted; the caller has made sure of their characters.
    internal SipParameters WithRaw(string name, string? rawValue)
    {
        var reader = Reader();
        var (from, to, count) = (_end, _end, Count + 1);
        if (reader.TryFind(name))
        {
            (from, to, count) = (reader.NameStart, reader.ValueEnd, Count);
            name = WireText.Read(reader.Name);
        }
        else
        {
            // The forgiven semicolon at the end must not stand before ours.
            from = Scan.TrimEnd(_bytes, _start, _end);
            from = from > _start && _bytes[from - 1] == ';' ? from - 1 : from;
        }

        var item = $"{(count > Count ? ";" : "")}{name}{(rawValue is null ? "" : "=")}{rawValue}";
        var bytes = new byte[from - _start + Encoding.UTF8.GetByteCount(item) + (_end - to)];
        _bytes.AsSpan(_start, from - _start).CopyTo(bytes);
        var written = from - _start + Encoding.UTF8.GetBytes(item, bytes.AsSpan(from - _start));
        _bytes.AsSpan(to, _end - to).CopyTo(bytes.AsSpan(written));
        return new(new(bytes, 0, bytes.Length), count);
    }

    private static bool IsRepeated(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, int before)
    {
        var reader = new ParameterReader(bytes, 0, inList: false);
        while (reader.TryRead() && reader.NameStart < before)
        {
            if (Scan.EqualsIgnoreCase(reader.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    // Eight bytes at a time, without regard to case.
    private static ushort HashOf(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length;
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
        {
            hash = (hash ^ (BinaryPrimitives.ReadUInt64LittleEndian(name) | 0x2020_2020_2020_2020)) * 0x9E37_79B9_7F4A_7C15;
        }

        var last = 0UL;
        foreach (var next in name)
        {
            last = (last << 8) | (uint)(next | 0x20);
        }

        return (ushort)(((hash ^ last) * 0x9E37_79B9_7F4A_7C15) >> 48);
    }

    private static string Unquote(ReadOnlySpan<byte> raw)
    {
        var isPlain = raw.Length < 2 || raw[0] != '"' || raw[^1] != '"';
        return isPlain ? WireText.Read(raw) : SipGrammar.Unescape(WireText.Read(raw[1..^1]));
    }

    private static string RequireSingleLine(string value) =>
        SipGrammar.IsSingleLine(value) ? value : throw new ArgumentException("A parameter value holds no line end.", nameof(value));

    // RFC 3261 §25.1: gen-value = token / host / quoted-string; a host may hold brackets and colons.
    private static bool IsHost(string value) => HostPort.TryParse(value, out _, out var port) && port is null;

    private ParameterReader Reader() => new(_bytes.AsSpan(0, _end), _start, inList: false);
}
