namespace UcSdk.Sip;

/// <summary>
/// One header field in storage, in 16 bytes: a slice of the received bytes until it is set to a text, and beside it what has been made of it so far.
/// </summary>
internal struct HeaderSlot
{
    /// <summary>The longest field that a slice can tell.</summary>
    public const int MaxLength = (1 << 23) - 1;

    private const uint FoldBit = 1u << 23;

    private readonly uint _packed;

    /// <summary>A field of a received message.</summary>
    /// <param name="id">The header's number, 0 for a name that is not known.</param>
    /// <param name="start">Where the value begins; for a name that is not known, the whole line.</param>
    /// <param name="length">Up to <see cref="MaxLength"/>.</param>
    /// <param name="isFolded">True when the value stands on several lines.</param>
    public HeaderSlot(byte id, int start, int length, bool isFolded)
    {
        Start = start;
        _packed = ((uint)id << 24) | (isFolded ? FoldBit : 0) | (uint)length;
    }

    /// <summary>A field that was set to a text.</summary>
    public HeaderSlot(HeaderName name, string text)
    {
        Start = -1;
        _packed = (uint)name.Id << 24;
        Made = name.Id == 0 ? new HeaderValue(text) { Name = name } : text;
    }

    /// <summary>The number of a known header name; 0 for others.</summary>
    public readonly byte Id => (byte)(_packed >> 24);

    /// <summary>Where the slice begins; -1 for none.</summary>
    public int Start { get; }

    public readonly int Length => (int)(_packed & (FoldBit - 1));

    public readonly bool IsFolded => (_packed & FoldBit) != 0;

    public readonly bool IsSlice => Start >= 0;

    /// <summary>The text, the typed value, or both in a <see cref="HeaderValue"/>; null for nothing yet.</summary>
    public object? Made { get; set; }

    public readonly string? Text => Made as string ?? (Made as HeaderValue)?.Text;

    public readonly object? View => Made switch
    {
        string => null,
        HeaderValue both => both.View,
        var view => view,
    };

    /// <summary>Keeps a text beside the view, if there is one.</summary>
    public void KeepText(string text) => Made = Made is null ? text : new HeaderValue(text) { View = View };

    /// <summary>Keeps a view beside the text, if there is one.</summary>
    public void KeepView(object view)
    {
        if (Made is HeaderValue both)
        {
            both.View = view;
        }
        else
        {
            Made = Made is string text ? new HeaderValue(text) { View = view } : view;
        }
    }
}
