namespace UcSdk.Sip;

/// <summary>Where a field stands in a message, in 8 bytes.</summary>
internal readonly struct HeaderRange
{
    /// <summary>The longest field that can be told.</summary>
    public const int MaxLength = (1 << 23) - 1;

    private const uint FoldBit = 1u << 23;

    private readonly uint _packed;

    /// <summary>Packs a range.</summary>
    /// <param name="id">The number of its name, 0 for one that is not known.</param>
    /// <param name="start">Where its value begins; without a known name, its line. -1 for a field that stands nowhere.</param>
    /// <param name="length">How long it is, up to <see cref="MaxLength"/>.</param>
    /// <param name="isFolded">True when it stands on several lines.</param>
    public HeaderRange(byte id, int start, int length, bool isFolded)
    {
        Start = start;
        _packed = ((uint)id << 24) | (isFolded ? FoldBit : 0) | (uint)length;
    }

    public int Start { get; }

    public byte Id => (byte)(_packed >> 24);

    public int Length => (int)(_packed & MaxLength);

    public bool IsFolded => (_packed & FoldBit) != 0;
}
