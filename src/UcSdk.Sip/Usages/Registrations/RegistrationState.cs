namespace UcSdk.Sip;

/// <summary>The states of a registration, client's side (RFC 3261 §10.2, [MS-SIPREGE]).</summary>
public enum RegistrationState
{
    /// <summary>Nothing was sent yet.</summary>
    Idle,

    /// <summary>The first REGISTER is out.</summary>
    Registering,

    /// <summary>The binding stands and is refreshed.</summary>
    Registered,

    /// <summary>The REGISTER that removes the binding is out.</summary>
    Unregistering,

    /// <summary>Over, or never begun. Final: another sign-in is another registration.</summary>
    Unregistered,
}
