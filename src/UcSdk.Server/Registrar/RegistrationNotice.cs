using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What an endpoint is told about its registration without having asked ([MS-SIPREGE] §2.2.1.13, §3.2, §3.5).</summary>
/// <param name="Event">The body.</param>
/// <param name="Diagnostic">What <c>ms-diagnostics-public</c> says; the ids are those of [MS-SIPREGE] §2.2.1.13.</param>
internal sealed record RegistrationNotice(RegistrationEvent Event, ServerDiagnostic? Diagnostic)
{
    public static readonly RegistrationNotice TooManyEndpoints = Deregistered(RegistrationEvent.Unregistered, ServerDiagnostics.TooManyEndpoints);

    public static readonly RegistrationNotice SignedInElsewhere = Deregistered(RegistrationEvent.Unregistered, ServerDiagnostics.SignedInElsewhere);

    public static readonly RegistrationNotice UserServicesLost = new(new(true, RegistrationEvent.UserServicesUnavailable), null);

    /// <summary>The user's registrar from now on (P-Preferred-Registrar, [MS-SIPREGE] §2.2.1.8); null to name none.</summary>
    public SipUri? PreferredRegistrar { get; init; }

    public DeregistrationReason? Reason => Event.IsRegistered ? null : Event.Event switch
    {
        RegistrationEvent.Unregistered => DeregistrationReason.Unregistered,
        RegistrationEvent.Rejected => DeregistrationReason.Rejected,
        RegistrationEvent.Deactivated => DeregistrationReason.Deactivated,
        RegistrationEvent.UserServicesUnavailable => DeregistrationReason.UserServicesUnavailable,
        _ => DeregistrationReason.PreferredRegistrarChange,
    };

    /// <exception cref="ArgumentException">There is no word for the reason.</exception>
    public static RegistrationNotice For(DeregistrationReason reason) => reason switch
    {
        DeregistrationReason.Unregistered => Deregistered(RegistrationEvent.Unregistered, ServerDiagnostics.EndpointUnregistered),
        DeregistrationReason.Rejected => Deregistered(RegistrationEvent.Rejected, ServerDiagnostics.UserDisabled),
        DeregistrationReason.Deactivated => Deregistered(RegistrationEvent.Deactivated, ServerDiagnostics.UserMoved),
        DeregistrationReason.UserServicesUnavailable => Deregistered(RegistrationEvent.UserServicesUnavailable, ServerDiagnostics.UserServicesUnavailable),
        DeregistrationReason.PreferredRegistrarChange => Deregistered(RegistrationEvent.PreferredRegistrarChange, ServerDiagnostics.RegistrarChanged),
        _ => throw new ArgumentException($"An endpoint cannot be told '{reason}'.", nameof(reason)),
    };

    private static RegistrationNotice Deregistered(string word, ServerDiagnostic diagnostic) => new(new(false, word), diagnostic);
}
