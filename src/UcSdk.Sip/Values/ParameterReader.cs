using System.Buffers;

namespace UcSdk.Sip;

/// <summary>
/// Walks over <c>;a;b=c;d="e"</c>; the leading semicolon may be absent, and one at the very end is forgiven (two in a row are not, RFC 4475
/// §3.1.2.1). In a header the walk ends at the comma that ends the value.
/// </summary>
/// <param name="bytes">Up to the end of the field.</param>
/// <param name="start">Where the parameters begin.</param>
/// <param name="inList">True when a comma ends them.</param>
internal ref struct ParameterReader(ReadOnlySpan<byte> bytes, int start, bool inList)
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create("\"<;,="u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private bool _isStarted;

    /// <summary>Where the next parameter begins; after the last one, the end of the value.</summary>
    public int Position { get; private set; } = start;

    /// <summary>True when a name was missing, a quote stayed open, or there were more than 64.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many were read.</summary>
    public int Count { get; private set; }

    /// <summary>Where the parameter begins, its semicolon not counted.</summary>
    public int NameStart { get; private set; }

    public int NameEnd { get; private set; }

    /// <summary>Where the value begins, quotes included; -1 when there is none.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Where the parameter ends.</summary>
    public int ValueEnd { get; private set; }

    public readonly ReadOnlySpan<byte> Name => _bytes[NameStart..NameEnd];

    public readonly bool HasValue => ValueStart >= 0;

    /// <summary>The value with its quotes.</summary>
    public readonly ReadOnlySpan<byte> RawValue => HasValue ? _bytes[ValueStart..ValueEnd] : default;

    public bool TryRead()
    {
        var at = Scan.SkipBlanks(_bytes, Position, _bytes.Length);
        if (!_isStarted)
        {
            _isStarted = true;
            at = at < _bytes.Length && _bytes[at] == ';' ? Scan.SkipBlanks(_bytes, at + 1, _bytes.Length) : at;
        }

        Position = at;
        if (at >= _bytes.Length || (inList && _bytes[at] == ','))
        {
            return false;
        }

        var end = FindEnd(at, out var equals, out var quote, out var quoteEnd);
        NameStart = at;
        ValueEnd = Scan.TrimEnd(_bytes, at, end);
        NameEnd = equals < 0 ? ValueEnd : Scan.TrimEnd(_bytes, at, equals);
        ValueStart = equals < 0 ? -1 : Scan.SkipBlanks(_bytes, equals + 1, ValueEnd);
        // A name has no quotes, and a value that begins with one ends with one.
        IsBroken = NameEnd == at || Count == SipParameters.MaxCount || (quote >= 0 && (quote < NameEnd || (quote == ValueStart && quoteEnd != ValueEnd - 1)));
        Position = end < _bytes.Length && _bytes[end] == ';' ? end + 1 : end;
        Count++;
        return !IsBroken;
    }

    /// <summary>Moves to the parameter of that name; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<char> name)
    {
        while (TryRead())
        {
            if (Scan.EqualsIgnoreCase(Name, name))
            {
                return true;
            }
        }

        return false;
    }

    private readonly int FindEnd(int start, out int equals, out int quote, out int quoteEnd)
    {
        equals = quote = quoteEnd = -1;
        var at = start;
        while (at < _bytes.Length && Scan.IndexOfAny(_bytes[at..], Stops) is var found and >= 0)
        {
            at += found;
            switch (_bytes[at])
            {
                case (byte)'=':
                    equals = equals < 0 ? at : equals;
                    break;
                case (byte)';':
                    return at;
                case (byte)',':
                    if (inList)
                    {
                        return at;
                    }

                    break;
                case (byte)'<':
                    at = Scan.IndexOf(_bytes[at..], (byte)'>') is var close and >= 0 ? at + close : _bytes.Length;
                    break;
                default:
                    var end = Scan.FindQuoteEnd(_bytes, at);
                    (quote, quoteEnd) = quote < 0 ? (at, end) : (quote, quoteEnd);
                    at = end < 0 ? _bytes.Length : end;
                    break;
            }

            at++;
        }

        return _bytes.Length;
    }
}
