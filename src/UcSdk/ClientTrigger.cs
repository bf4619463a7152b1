namespace UcSdk;

/// <summary>What moves a <see cref="LyncClient"/>.</summary>
internal enum ClientTrigger
{
    SignIn,
    SignInComplete,
    SignInFail,
    SignInCancel,
    Delay,
    SignOut,
    SignOutComplete,
    LoseConnection,
    LoseRegistration,
    Move,
    Return,
    ChangeNetwork,
    EndConnection,
    EndRegistration,
    Deregister,
    ShutDown,
    ShutDownComplete,
}
