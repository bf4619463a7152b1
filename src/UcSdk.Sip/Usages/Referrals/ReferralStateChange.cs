namespace UcSdk.Sip;

/// <summary>One change of a <see cref="Referral"/>.</summary>
/// <param name="Previous">The state before; equal to <paramref name="Current"/> when only progress is reported.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record ReferralStateChange(ReferralState Previous, ReferralState Current, ReferralReason Reason, SipMessage? Cause);
