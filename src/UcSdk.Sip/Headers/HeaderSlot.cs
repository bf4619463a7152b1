namespace UcSdk.Sip;

/// <summary>
/// One header field in storage, in 16 bytes: a slice of the received bytes until it is set to a text, and beside it what has been made of it so far.
/// </summary>
internal struct HeaderSlot
{
    private readonly HeaderRange _range;

    /// <summary>A field of a received message.</summary>
    public HeaderSlot(HeaderRange range) => _range = range;

    /// <summary>A field that was set to a text.</summary>
    public HeaderSlot(HeaderName name, string text)
    {
        _range = new(name.Id, -1, 0, isFolded: false);
        Made = name.Id == 0 ? new HeaderValue(text) { Name = name } : text;
    }

    /// <summary>A field of a known name that was set to bytes.</summary>
    public HeaderSlot(HeaderName name, byte[] bytes)
    {
        _range = new(name.Id, -1, 0, isFolded: false);
        Made = bytes;
    }

    /// <summary>The number of a known header name; 0 for others.</summary>
    public readonly byte Id => _range.Id;

    /// <summary>Where the slice begins: its value, or for a name that is not known the whole line.</summary>
    public readonly int Start => _range.Start;

    public readonly int Length => _range.Length;

    /// <summary>True when the value stands on several lines.</summary>
    public readonly bool IsFolded => _range.IsFolded;

    public readonly bool IsSlice => _range.Start >= 0;

    /// <summary>The text, the bytes it was set to, the typed value, or several of them in a <see cref="HeaderValue"/>; null for nothing yet.</summary>
    public object? Made { get; set; }

    public readonly string? Text => Made as string ?? (Made as HeaderValue)?.KnownText;

    /// <summary>What it was set to as bytes; null where it was not.</summary>
    public readonly byte[]? OwnBytes => Made as byte[] ?? (Made as HeaderValue)?.Bytes;

    public readonly object? View => Made is null or byte[] or string ? null : Made is HeaderValue both ? both.View : Made;

    /// <summary>Keeps a text beside the view, if there is one.</summary>
    public void KeepText(string text) => Made = Made is null ? text : new HeaderValue(text, OwnBytes) { View = View };

    /// <summary>Keeps a view beside the text, if there is one.</summary>
    public void KeepView(object view)
    {
        if (Made is null)
        {
            Made = view;
        }
        else if (Made is HeaderValue both)
        {
            both.View = view;
        }
        else
        {
            Made = new HeaderValue(Made as string, Made as byte[]) { View = view };
        }
    }
}
