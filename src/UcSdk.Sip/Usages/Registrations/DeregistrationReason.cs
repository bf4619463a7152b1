namespace UcSdk.Sip;

/// <summary>Why a registrar took a binding away by itself ([MS-SIPREGE] §2.2.1.13, §3.2).</summary>
public enum DeregistrationReason
{
    /// <summary>The registrar gave no reason, or one that is not among these; <see cref="Deregistration.Token"/> has its word.</summary>
    Other,

    /// <summary><c>unregistered</c>: a policy of the registrar, such as too many endpoints of the user (the oldest goes) or a sign-in elsewhere.</summary>
    Unregistered,

    /// <summary><c>rejected</c>: the user was disabled.</summary>
    Rejected,

    /// <summary><c>deactivated</c>: no service for the user here for a time; the user is being moved to another server.</summary>
    Deactivated,

    /// <summary><c>userservices-unavailable</c>: the user's presence service is gone, and the endpoint did not say that it can do without.</summary>
    UserServicesUnavailable,

    /// <summary><c>preferred-registrar-change</c>: another registrar is the user's now; <see cref="Deregistration.PreferredRegistrar"/> names it.</summary>
    PreferredRegistrarChange,
}
