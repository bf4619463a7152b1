namespace UcSdk;

/// <summary>How a server connection came to its end without the user's doing.</summary>
internal enum ConnectionEnd
{
    /// <summary>The flow is gone.</summary>
    FlowLost,

    /// <summary>The flow began at an address that this computer has no more.</summary>
    NetworkChanged,

    /// <summary>The registration ran out without an answer of the server: the next sign-in may work.</summary>
    RegistrationLost,

    /// <summary>The server refused to renew the registration, in a way that holds for the next sign-in too.</summary>
    RegistrationRefused,

    /// <summary>The server withdrew the registration for good.</summary>
    Deregistered,

    /// <summary>The user belongs to another server.</summary>
    Moved,

    /// <summary>A connection to the primary server takes its place.</summary>
    Replaced,
}
