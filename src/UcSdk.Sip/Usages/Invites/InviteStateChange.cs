namespace UcSdk.Sip;

/// <summary>One change of an <see cref="InviteSession"/>.</summary>
/// <param name="Previous">The state before; equal to <paramref name="Current"/> when only progress is reported.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record InviteStateChange(InviteState Previous, InviteState Current, InviteReason Reason, SipMessage? Cause);
