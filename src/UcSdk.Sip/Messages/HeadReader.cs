using System.Runtime.CompilerServices;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Finds the header fields of a message and where its body begins (RFC 3261 §7.3). Errors are made apart, so that good messages do not pay for them.</summary>
/// <param name="span">The message.</param>
/// <param name="start">Where the first field begins.</param>
/// <param name="offset">Where the message begins in its array.</param>
/// <param name="room">For the ranges of a usual message.</param>
internal ref struct HeadReader(ReadOnlySpan<byte> span, int start, int offset, Span<HeaderRange> room)
{
    private const string HeaderRule = "RFC 3261 §7.3.1 message-header";

    private readonly ReadOnlySpan<byte> _span = span;
    private Span<HeaderRange> _ranges = room;
    private int _count;
    private int _at = start;

    /// <summary>Where the fields stand in the array, Content-Length left out.</summary>
    public readonly ReadOnlySpan<HeaderRange> Fields => _ranges[.._count];

    /// <summary>The value of Content-Length; -1 when there is none.</summary>
    public int ContentLength { get; private set; } = -1;

    /// <summary>Where the body begins in the message.</summary>
    public int BodyStart { get; private set; }

    /// <summary>Why the head cannot be read.</summary>
    public ParseError Error { get; private set; }

    public bool TryRead(SipLimits limits)
    {
        var (maxBytes, maxHeaders) = (limits.MaxHeaderBytes, limits.MaxHeaders);
        while (_at < _span.Length)
        {
            var field = _at;
            if (LineEndLength(field) is var blank and > 0)
            {
                BodyStart = field + blank;
                return BodyStart <= maxBytes || Fail(limits.HeaderBytes.Exceeded(field));
            }

            if (field > maxBytes)
            {
                return Fail(limits.HeaderBytes.Exceeded(field));
            }

            if (!TryReadField())
            {
                return false;
            }

            if (_count > maxHeaders)
            {
                return Fail(limits.Headers.Exceeded(field));
            }
        }

        return Fail(_at, "an empty line after the headers");
    }

    // Most fields are one line; what is folded, or has a CR that ends no line, takes the longer way.
    private bool TryReadField()
    {
        var span = _span;
        var start = _at;
        // Neither search waits for the other: the processor does them side by side.
        var lineEnd = Scan.IndexOf(span[start..], (byte)'\n');
        var colon = Scan.IndexOf(span[start..], (byte)':');
        // RFC 3261 §25.1 HCOLON: blanks and tabs before the colon, but no fold.
        var name = colon < 0 ? default : span.Slice(start, colon).TrimEnd(" \t"u8);
        var id = HeaderName.IdOf(name);
        if (id == 0 && !HeaderName.IsName(name))
        {
            return Fail(start, "a header name and a colon");
        }

        // The colon stands on this line, since no name holds a line end.
        var valueEnd = lineEnd < 0 ? span.Length : start + lineEnd;
        var valueStart = start + colon + 1;
        while (valueStart < valueEnd && span[valueStart] is (byte)' ' or (byte)'\t')
        {
            valueStart++;
        }

        _at = Math.Min(valueEnd + 1, span.Length);
        var isFolded = false;
        if (((_at < span.Length && span[_at] is (byte)' ' or (byte)'\t') || HasStrayCr(span[valueStart..valueEnd]))
            && !TryFindFoldedEnd(ref valueStart, ref valueEnd, out isFolded))
        {
            return false;
        }

        valueEnd = Scan.TrimEnd(span, valueStart, valueEnd);
        if (id == HeaderName.ContentLength.Id)
        {
            return TryReadContentLength(valueStart, valueEnd);
        }

        var from = id == 0 ? start : valueStart;
        if (valueEnd - from > HeaderRange.MaxLength)
        {
            return Fail(start, "a field of less than 8 MiB");
        }

        if (_count == _ranges.Length)
        {
            Grow();
        }

        _ranges[_count++] = new(id, offset + from, valueEnd - from, isFolded);
        return true;
    }

    private bool TryFindFoldedEnd(ref int valueStart, ref int valueEnd, out bool isFolded)
    {
        var firstEnd = valueEnd;
        valueEnd = FindFoldedEnd(firstEnd);
        valueStart = Scan.SkipBlanks(_span, valueStart, valueEnd);
        valueEnd = Scan.TrimEnd(_span, valueStart, valueEnd);
        var value = _span[valueStart..valueEnd];
        isFolded = valueStart < firstEnd ? firstEnd < valueEnd : Scan.IndexOf(value, (byte)'\n') >= 0;
        return FindStrayCr(value) is not (>= 0 and var stray) || Fail(valueStart + stray, "no CR without LF");
    }

    // A field ends at a line end that no blank or tab follows.
    private int FindFoldedEnd(int start)
    {
        _at = start;
        while (Scan.IndexOf(_span[_at..], (byte)'\n') is var lineEnd and >= 0)
        {
            _at += lineEnd + 1;
            if (_at >= _span.Length || _span[_at] is not ((byte)' ' or (byte)'\t'))
            {
                return _at - 1;
            }
        }

        _at = _span.Length;
        return _at;
    }

    private static bool HasStrayCr(ReadOnlySpan<byte> line) => Scan.IndexOf(line, (byte)'\r') is var cr and >= 0 && cr != line.Length - 1;

    // A CR that ends no line must not stand in a field: copied into another message it could make a line there. A NUL may, quoted (RFC 3261
    // §25.1 quoted-pair).
    private static int FindStrayCr(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Scan.IndexOf(text[at..], (byte)'\r') is var found and >= 0)
        {
            at += found + 1;
            if (at == text.Length || text[at] != '\n')
            {
                return at - 1;
            }
        }

        return -1;
    }

    private bool TryReadContentLength(int valueStart, int valueEnd)
    {
        if (!Scan.TryReadNumber(_span[valueStart..valueEnd], out var length) || (ContentLength >= 0 && ContentLength != length))
        {
            return Fail(new(valueStart, "one number of bytes", MessageParser.LengthRule));
        }

        ContentLength = length;
        return true;
    }

    // 0 where no line ends.
    private readonly int LineEndLength(int at) =>
        _span[at] == '\n' ? 1 : _span[at] == '\r' && at + 1 < _span.Length && _span[at + 1] == '\n' ? 2 : 0;

    private void Grow()
    {
        var more = new HeaderRange[_count * 2];
        _ranges.CopyTo(more);
        _ranges = more;
    }

    private bool Fail(int at, string expected) => Fail(new(at, expected, HeaderRule));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fail(ParseError error)
    {
        Error = error;
        return false;
    }
}
