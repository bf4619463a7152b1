namespace UcSdk;

/// <summary>One change of a <see cref="ConferenceInvitation"/>.</summary>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered; the same as <paramref name="Previous"/> when only the reason is news.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the network or the peer did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
public sealed record ConferenceInvitationStateChange(
    ConferenceInvitationState Previous,
    ConferenceInvitationState Current,
    ConferenceInvitationStateTransitionReason Reason,
    Exception? Cause,
    DateTimeOffset When)
    : StateChange<ConferenceInvitationState>(Previous, Current, Cause, When)
{
    /// <inheritdoc/>
    public override string ToString() => Describe(Reason);
}
