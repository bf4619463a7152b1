namespace UcSdk.Sip;

/// <summary>One change of a <see cref="NotifierSubscription"/>.</summary>
/// <param name="Previous">The state before.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record NotifierStateChange(NotifierState Previous, NotifierState Current, NotifierReason Reason, SipMessage? Cause);
