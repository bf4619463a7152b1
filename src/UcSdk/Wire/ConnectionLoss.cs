using UcSdk.Sip;

namespace UcSdk;

/// <summary>The end of a server connection that the user did not want.</summary>
/// <param name="End">How it came.</param>
/// <param name="Cause">What the registrar or the network did.</param>
internal sealed record ConnectionLoss(ConnectionEnd End, SipException Cause)
{
    /// <summary>What the registrar said when it withdrew the registration; null when it did not.</summary>
    public Deregistration? Deregistration { get; private init; }

    /// <summary>Reads the change by which a registration ended.</summary>
    public static ConnectionLoss Of(RegistrationStateChange change)
    {
        if (change.Deregistration is { } said)
        {
            var words = said.Token.Length > 0 ? said.Token : "it does not say why";
            return new(EndOf(said), new SipException(SipFailure.Terminated, $"The server ended the registration: {words}.")) { Deregistration = said };
        }

        if (change.Cause is SipResponse { StatusCode: >= 300 } refusal)
        {
            var refused = new SipException(refusal, "REGISTER");
            return new(Refusal.IsRedirection(refused) ? ConnectionEnd.Moved : Refusal.IsPassing(refused) ? ConnectionEnd.RegistrationLost : ConnectionEnd.RegistrationRefused, refused);
        }

        if (change.Reason == RegistrationReason.BindingLost)
        {
            // Whatever hung on the binding is gone with it, though there is another: a new sign-in makes everything anew.
            return new(ConnectionEnd.RegistrationLost, new SipException(SipFailure.Terminated, "The server had lost the registration."));
        }

        var (end, failure) = change.Reason == RegistrationReason.FlowLost
            ? (ConnectionEnd.FlowLost, SipFailure.FlowClosed)
            : (ConnectionEnd.RegistrationLost, SipFailure.TimedOut);
        return new(end, new SipException(failure, $"The registration ended: {change.Reason}."));
    }

    // [MS-SIPREGE] §2.2.1.13, §3.2.1.5: who is moved, or is told of another registrar, goes there; a missing presence service may come back; the rest is final.
    private static ConnectionEnd EndOf(Deregistration said) => said switch
    {
        { PreferredRegistrar: not null } => ConnectionEnd.Moved,
        { Reason: DeregistrationReason.Deactivated or DeregistrationReason.PreferredRegistrarChange } => ConnectionEnd.Moved,
        { Reason: DeregistrationReason.UserServicesUnavailable } => ConnectionEnd.RegistrationLost,
        _ => ConnectionEnd.Deregistered,
    };
}
