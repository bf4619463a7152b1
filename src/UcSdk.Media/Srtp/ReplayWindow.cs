namespace UcSdk.Media;

/// <summary>Which of the last 64 packets of a source were received (RFC 3711 §3.3.2).</summary>
internal struct ReplayWindow
{
    public const int Size = 64;

    // Bit n stands for the packet n below the highest.
    private ulong _seen;
    private bool _hasHighest;

    /// <summary>The highest index received.</summary>
    public long Highest { get; private set; }

    /// <summary>Whether a packet with that index may be taken: it is new, and not older than the window reaches.</summary>
    public readonly bool Allows(long index)
    {
        var age = Highest - index;
        return !_hasHighest || age < 0 || (age < Size && (_seen & (1UL << (int)age)) == 0);
    }

    /// <summary>Remembers a packet that was allowed and proved authentic.</summary>
    public void Mark(long index)
    {
        var ahead = index - Highest;
        if (!_hasHighest)
        {
            _seen = 1;
            Highest = index;
            _hasHighest = true;
        }
        else if (ahead > 0)
        {
            _seen = ahead >= Size ? 1 : (_seen << (int)ahead) | 1;
            Highest = index;
        }
        else
        {
            _seen |= 1UL << (int)-ahead;
        }
    }
}
