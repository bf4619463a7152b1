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

    /// <summary>
    /// Server or network make the sign-in wait; the cause tells why. The state stays <see cref="ClientState.SigningIn"/>; see <see cref="LyncClient.SignInDelayed"/>.
    /// </summary>
    SignInDelayed,

    /// <summary>The user signs out.</summary>
    SignOutRequested,

    /// <summary>The registration was withdrawn, or the server did not answer in time.</summary>
    SignedOut,

    /// <summary>The connection to the server is gone. The client signs in again by itself, unless its options say otherwise.</summary>
    ConnectionLost,

    /// <summary>
    /// The registration could not be renewed. The client signs in again by itself, unless its options say otherwise or the server refused in a way that holds.
    /// </summary>
    RegistrationLost,

    /// <summary>The user belongs to another server now: the client goes there ([MS-SIPREGE] §3.2: the user was moved, or another registrar is preferred).</summary>
    Moved,

    /// <summary>The primary server is there again: the client has signed in there and leaves the backup (<see cref="LyncClientOptions.FailBack"/>).</summary>
    ReturnedToPrimary,

    /// <summary>This computer lost the address from which it was connected: the client signs in again from the one that it has now.</summary>
    NetworkChanged,

    /// <summary>The server withdrew the registration ([MS-SIPREGE] §3.2: the user was disabled, or signed in elsewhere too often).</summary>
    Deregistered,

    /// <summary>The client is being disposed.</summary>
    ShutDownRequested,

    /// <summary>The client is disposed.</summary>
    ShutDown,
}
