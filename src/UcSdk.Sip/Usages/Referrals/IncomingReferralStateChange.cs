namespace UcSdk.Sip;

/// <summary>One change of an <see cref="IncomingReferral"/>.</summary>
/// <param name="Previous">The state before; equal to <paramref name="Current"/> when only something was told.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record IncomingReferralStateChange(
    IncomingReferralState Previous, IncomingReferralState Current, IncomingReferralReason Reason, SipMessage? Cause);
