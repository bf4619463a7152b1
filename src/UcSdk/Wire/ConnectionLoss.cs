using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The end of a server connection that the user did not want, in the words of this side of the border.</summary>
/// <param name="End">How it came.</param>
/// <param name="Cause">What the registrar or the network did.</param>
internal sealed record ConnectionLoss(ConnectionEnd End, SipException Cause)
{
    /// <summary>Why the registrar withdrew the registration; null when it did not.</summary>
    public DeregistrationReason? Deregistration { get; private init; }

    /// <summary>What the registrar says about it (ms-diagnostics, [MS-OCER] §2.2); null when it says nothing.</summary>
    public MsDiagnostics? Diagnostics { get; private init; }

    /// <summary>The registrar to go to (P-Preferred-Registrar, [MS-SIPREGE] §2.2.1.8); null when none was named.</summary>
    public SipUri? PreferredRegistrar { get; private init; }

    /// <summary>Reads the change by which a registration ended.</summary>
    public static ConnectionLoss Of(RegistrationStateChange change)
    {
        if (change is { Reason: RegistrationReason.Deregistered, Cause: SipRequest notify })
        {
            return OfDeregistration(notify);
        }

        if (change.Cause is SipResponse { StatusCode: >= 300 } refusal)
        {
            var refused = new SipException(refusal, "REGISTER");
            return new(Refusal.IsRedirection(refused) ? ConnectionEnd.Moved : ConnectionEnd.RegistrationRefused, refused);
        }

        var (end, failure) = change.Reason == RegistrationReason.FlowLost
            ? (ConnectionEnd.FlowLost, SipFailure.FlowClosed)
            : (ConnectionEnd.RegistrationLost, SipFailure.TimedOut);
        return new(end, new SipException(failure, $"The registration ended: {change.Reason}."));
    }

    // [MS-SIPREGE] §3.2.1: who is told that the user has moved looks for the new server; the other words are final.
    private static ConnectionLoss OfDeregistration(SipRequest notify)
    {
        var word = RegistrationEvent.TryRead(notify.Body, out var told, out _) ? told.Event : null;
        var reason = word switch
        {
            RegistrationEvents.Unregistered => DeregistrationReason.Unregistered,
            RegistrationEvents.Rejected => DeregistrationReason.Rejected,
            RegistrationEvents.Deactivated => DeregistrationReason.Deactivated,
            RegistrationEvents.PreferredRegistrarChange => DeregistrationReason.PreferredRegistrarChange,
            _ => DeregistrationReason.Other,
        };
        var preferred = SipUri.TryParse(notify.Headers[HeaderName.PPreferredRegistrar], out var uri) ? uri
            : NameAddr.TryParse(notify.Headers[HeaderName.PPreferredRegistrar], out var address) ? address.Uri : null;
        var isMove = reason is DeregistrationReason.Deactivated or DeregistrationReason.PreferredRegistrarChange || preferred is not null;
        return new(
            isMove ? ConnectionEnd.Moved : ConnectionEnd.Deregistered,
            new SipException(SipFailure.Terminated, $"The server ended the registration: {word ?? "it does not say why"}."))
        {
            Deregistration = reason,
            Diagnostics = MsDiagnostics.Of(notify),
            PreferredRegistrar = preferred,
        };
    }
}
