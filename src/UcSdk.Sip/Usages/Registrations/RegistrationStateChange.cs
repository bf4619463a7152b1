namespace UcSdk.Sip;

/// <summary>One change of a <see cref="Registration"/>.</summary>
/// <param name="Previous">The state before; equal to <paramref name="Current"/> for a refresh.</param>
/// <param name="Current">The state now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that brought it about; null when none did.</param>
public sealed record RegistrationStateChange(RegistrationState Previous, RegistrationState Current, RegistrationReason Reason, SipMessage? Cause)
{
    /// <summary>What the registrar said when it took the binding away; null for every reason but <see cref="RegistrationReason.Deregistered"/>.</summary>
    public Deregistration? Deregistration { get; init; }

    /// <summary>
    /// What the registrar said about a binding that stands, in lower case, e.g. <c>userservices-unavailable</c>; null for every reason but
    /// <see cref="RegistrationReason.Notified"/>.
    /// </summary>
    public string? Notice { get; init; }
}
