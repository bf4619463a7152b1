namespace UcSdk.Core;

/// <summary>A cursor over bytes with the small verbs that text protocols need. Nothing throws; every verb says whether it moved.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _bytes.Length;

    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    public readonly bool TryPeek(out byte next)
    {
        if (IsAtEnd)
        {
            next = 0;
            return false;
        }

        next = _bytes[Position];
        return true;
    }

    public bool TryRead(out byte next)
    {
        if (!TryPeek(out next))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Steps over one given byte.</summary>
    public bool TrySkip(byte expected)
    {
        if (IsAtEnd || _bytes[Position] != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Steps over the given bytes, compared exactly.</summary>
    public bool TrySkip(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Steps over spaces and tabs, and over folded line ends followed by one of them (RFC 3261 §25.1 LWS).</summary>
    public void SkipWhitespace()
    {
        while (!IsAtEnd)
        {
            var next = _bytes[Position];
            if (next is (byte)' ' or (byte)'\t')
            {
                Position++;
            }
            else if (next is (byte)'\r' or (byte)'\n' && TryMeasureFold(out var length))
            {
                Position += length;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Reads up to, not including, the delimiter and steps over it; false when it does not occur.</summary>
    public bool TryReadTo(byte delimiter, out ReadOnlySpan<byte> part)
    {
        var at = Rest.IndexOf(delimiter);
        if (at < 0)
        {
            part = default;
            return false;
        }

        part = Rest[..at];
        ScanMeter.Visit(at + 1);
        Position += at + 1;
        return true;
    }

    /// <summary>Reads up to, not including, the first of the delimiters or the end, without stepping over it.</summary>
    public ReadOnlySpan<byte> ReadUntilAny(ReadOnlySpan<byte> delimiters)
    {
        var at = Rest.IndexOfAny(delimiters);
        var part = at < 0 ? Rest : Rest[..at];
        ScanMeter.Visit(part.Length);
        Position += part.Length;
        return part;
    }

    /// <summary>Reads the longest run of bytes that the set contains; false when it is empty.</summary>
    public bool TryReadWhile(System.Buffers.SearchValues<byte> set, out ReadOnlySpan<byte> part)
    {
        var at = Rest.IndexOfAnyExcept(set);
        part = at < 0 ? Rest : Rest[..at];
        ScanMeter.Visit(part.Length);
        Position += part.Length;
        return !part.IsEmpty;
    }

    /// <summary>Reads decimal digits as a number; false, without moving, when there is none or it exceeds 64 bits.</summary>
    public bool TryReadNumber(out long value)
    {
        value = 0;
        var at = Position;
        while (at < _bytes.Length && _bytes[at] is >= (byte)'0' and <= (byte)'9')
        {
            var digit = _bytes[at] - '0';
            if (value > (long.MaxValue - digit) / 10)
            {
                value = 0;
                return false;
            }

            value = (value * 10) + digit;
            at++;
        }

        if (at == Position)
        {
            return false;
        }

        ScanMeter.Visit(at - Position);
        Position = at;
        return true;
    }

    public ReadOnlySpan<byte> ReadRest()
    {
        var rest = Rest;
        Position = _bytes.Length;
        return rest;
    }

    private readonly bool TryMeasureFold(out int length)
    {
        var after = Position + (_bytes[Position] == '\r' && Position + 1 < _bytes.Length && _bytes[Position + 1] == '\n' ? 2 : 1);
        length = after - Position;
        return after < _bytes.Length && _bytes[after] is (byte)' ' or (byte)'\t';
    }
}
