namespace UcSdk.Media;

/// <summary>One change of a media session.</summary>
/// <param name="previous">The state it left.</param>
/// <param name="current">The state it entered; the same as <paramref name="previous"/> when only the reason is news.</param>
/// <param name="reason">Why.</param>
public sealed class MediaSessionChangedEventArgs(MediaSessionState previous, MediaSessionState current, MediaSessionChangeReason reason) : EventArgs
{
    /// <summary>The state that was left.</summary>
    public MediaSessionState Previous { get; } = previous;

    /// <summary>The state that was entered.</summary>
    public MediaSessionState Current { get; } = current;

    /// <summary>Why.</summary>
    public MediaSessionChangeReason Reason { get; } = reason;

    /// <inheritdoc/>
    public override string ToString() => $"{Previous} → {Current} ({Reason})";
}
