namespace UcSdk;

/// <summary>Where a <see cref="LyncClient"/> stands; members and numbers are those of the Lync client's object model.</summary>
public enum ClientState
{
    /// <summary>Disposed. In the desktop client also: not yet initialised, which here is the constructor's work.</summary>
    Uninitialized = 0,

    /// <summary>No connection, no registration. A new client begins here.</summary>
    SignedOut = 1,

    /// <summary>Connecting, registering and reading the server's settings.</summary>
    SigningIn = 2,

    /// <summary>Registered: conversations can be started and invitations arrive.</summary>
    SignedIn = 3,

    /// <summary>Conversations end, the registration is withdrawn, the connection closes.</summary>
    SigningOut = 4,

    /// <summary>Being disposed.</summary>
    ShuttingDown = 5,

    /// <summary>Never entered here: there is no separate client process to start.</summary>
    Initializing = 6,
}
