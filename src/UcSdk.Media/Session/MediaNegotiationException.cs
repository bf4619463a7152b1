namespace UcSdk.Media;

/// <summary>Offer and answer could not be agreed; the media session is closed.</summary>
/// <param name="reason">What stands in the way.</param>
public sealed class MediaNegotiationException(MediaNegotiationFailure reason)
    : Exception($"The media session could not be agreed: {reason}.")
{
    /// <summary>What stands in the way.</summary>
    public MediaNegotiationFailure Reason { get; } = reason;
}
