namespace UcSdk.Sip;

/// <summary>What the registrar's NOTIFY says when it takes a binding away ([MS-SIPREGE] §3.2, §4.1.3).</summary>
/// <param name="Reason">Why.</param>
/// <param name="Token">The registrar's own word for it, in lower case; empty when it gave none.</param>
/// <param name="PreferredRegistrar">Where the user registers from now on (<c>P-Preferred-Registrar</c>, [MS-SIPREGE] §2.2.1.8); null when it names none.</param>
/// <param name="Diagnostics">Why, for people ([MS-OCER]); null when absent.</param>
public sealed record Deregistration(DeregistrationReason Reason, string Token, SipUri? PreferredRegistrar, MsDiagnostics? Diagnostics)
{
    internal static Deregistration Read(SipRequest notify, RegistrationEvent? said)
    {
        var reason = said?.Event switch
        {
            RegistrationEvent.Unregistered => DeregistrationReason.Unregistered,
            RegistrationEvent.Rejected => DeregistrationReason.Rejected,
            RegistrationEvent.Deactivated => DeregistrationReason.Deactivated,
            RegistrationEvent.UserServicesUnavailable => DeregistrationReason.UserServicesUnavailable,
            RegistrationEvent.PreferredRegistrarChange => DeregistrationReason.PreferredRegistrarChange,
            _ => DeregistrationReason.Other,
        };
        return new(reason, said?.Event ?? "", ReadRegistrar(notify), MsDiagnostics.Of(notify));
    }

    // The grammar wants a bare address; angle brackets are taken too.
    private static SipUri? ReadRegistrar(SipRequest notify) =>
        notify.Headers[HeaderName.PPreferredRegistrar] is { } text
            ? SipUri.TryParse(text.Trim(), out var bare) ? bare : NameAddr.TryParse(text, out var bracketed) ? bracketed.Uri : null
            : null;
}
