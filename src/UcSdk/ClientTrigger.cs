namespace UcSdk;

/// <summary>What moves a <see cref="LyncClient"/>.</summary>
internal enum ClientTrigger
{
    SignIn,
    SignInComplete,
    SignInFail,
    SignInCancel,
    SignOut,
    SignOutComplete,
    LoseConnection,
    LoseRegistration,
    Deregister,
    ShutDown,
    ShutDownComplete,
}
