namespace UcSdk.Sip;

/// <summary>One change of a <see cref="Publication"/>.</summary>
/// <param name="Previous">The state before; equal to <paramref name="Current"/> for a refresh.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record PublicationStateChange(PublicationState Previous, PublicationState Current, PublicationReason Reason, SipMessage? Cause);
