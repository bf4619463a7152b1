using UcSdk.Media;

namespace UcSdk;

/// <summary>One change of a <see cref="Modality"/>.</summary>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the network or the server did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
/// <param name="Statistics">What the media had sent and received at the change; null where there was no media.</param>
public sealed record ModalityStateChange(
    ModalityState Previous,
    ModalityState Current,
    ModalityStateChangeReason Reason,
    Exception? Cause,
    DateTimeOffset When,
    MediaStatistics? Statistics)
    : StateChange<ModalityState>(Previous, Current, Cause, When)
{
    /// <summary>
    /// Who has accepted, <c>sip:user@domain</c>, where the reason is <see cref="ModalityStateChangeReason.AnsweredElsewhere"/> and the server says it
    /// (<c>ms-acceptedby</c>); otherwise null. It is the user's own address where another endpoint of the user has.
    /// </summary>
    public string? AcceptedBy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Describe(Reason);
}
