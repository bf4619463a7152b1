namespace UcSdk;

/// <summary>Why a <see cref="LyncClient"/> changed its state.</summary>
public enum ClientStateChangeReason
{
    /// <summary>The user signs in.</summary>
    SignInRequested,

    /// <summary>The registration stands and the server's settings are known.</summary>
    SignedIn,

    /// <summary>The sign-in did not succeed; the cause tells at which stage and why.</summary>
    SignInFailed,

    /// <summary>The user gave the sign-in up.</summary>
    SignInCanceled,

    /// <summary>The user signs out.</summary>
    SignOutRequested,

    /// <summary>The registration was withdrawn, or the server did not answer in time.</summary>
    SignedOut,

    /// <summary>The connection to the server is gone.</summary>
    ConnectionLost,

    /// <summary>The server refused to renew the registration, or did not answer.</summary>
    RegistrationLost,

    /// <summary>The server withdrew the registration ([MS-SIPREGE] §3.2: the user was moved, disabled, or signed in elsewhere too often).</summary>
    Deregistered,

    /// <summary>The client is being disposed.</summary>
    ShutDownRequested,

    /// <summary>The client is disposed.</summary>
    ShutDown,
}
