namespace UcSdk.Sip;

/// <summary>The fields of a message while it is parsed: on the stack, since their number is not known before.</summary>
internal ref struct HeaderFields(Span<HeaderRange> ranges)
{
    private Span<HeaderRange> _ranges = ranges;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<HeaderRange> All => _ranges[..Count];

    public void Add(HeaderRange range)
    {
        if (Count == _ranges.Length)
        {
            var more = new HeaderRange[Count * 2];
            _ranges.CopyTo(more);
            _ranges = more;
        }

        _ranges[Count++] = range;
    }
}
