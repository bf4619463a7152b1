namespace UcSdk;

/// <summary>One change of a <see cref="ConferenceSession"/>.</summary>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the network or the server did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
/// <param name="Participants">Who was in the roster at the change.</param>
public sealed record ConferenceSessionStateChange(
    ConferenceSessionState Previous,
    ConferenceSessionState Current,
    ConferenceSessionStateChangeReason Reason,
    Exception? Cause,
    DateTimeOffset When,
    IReadOnlyList<ParticipantSnapshot> Participants)
    : StateChange<ConferenceSessionState>(Previous, Current, Cause, When)
{
    /// <inheritdoc/>
    public override string ToString() => Describe(Reason);
}
