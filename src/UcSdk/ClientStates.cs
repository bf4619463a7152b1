using UcSdk.Core;
using static UcSdk.ClientState;
using Reason = UcSdk.ClientStateChangeReason;
using Trigger = UcSdk.ClientTrigger;

namespace UcSdk;

/// <summary>
/// The life of a client. A lost connection leads back to signing in, as in the desktop client; where the options do not want that, or it cannot help, the client signs
/// out and says why.
/// </summary>
internal static class ClientStates
{
    public static readonly StateTable<ClientState, Trigger, Reason> Table = new("Client", SignedOut)
    {
        { SignedOut, Trigger.SignIn, SigningIn, Reason.SignInRequested, "Lync SDK: Client.BeginSignIn" },
        { SigningIn, Trigger.SignInComplete, SignedIn, Reason.SignedIn, "Lync SDK: registration and initial data complete" },
        { SigningIn, Trigger.SignInFail, SignedOut, Reason.SignInFailed, "Lync SDK: final failure of sign-in" },
        { SigningIn, Trigger.SignInCancel, SignedOut, Reason.SignInCanceled, "Lync SDK: BeginSignOut cancels a pending sign-in" },
        { SigningIn, Trigger.Delay, SigningIn, Reason.SignInDelayed, "Lync SDK: SignInDelayed" },
        { SignedIn, Trigger.SignOut, SigningOut, Reason.SignOutRequested, "Lync SDK: Client.BeginSignOut" },
        { SignedIn, Trigger.LoseConnection, SigningIn, Reason.ConnectionLost, "Lync SDK: connection lost, auto-recovery on; RFC 5626 §4.4: the flow failed" },
        { SignedIn, Trigger.LoseRegistration, SigningIn, Reason.RegistrationLost, "RFC 3261 §10.2.4: the refresh was not answered" },
        { SignedIn, Trigger.Move, SigningIn, Reason.Moved, "[MS-SIPREGE] §3.2: deactivated, preferred-registrar-change; RFC 3261 §21.3" },
        { SignedIn, Trigger.Return, SigningIn, Reason.ReturnedToPrimary, "[MS-SIPREGE] §3.1: of two registrars the primary is preferred" },
        { SignedIn, Trigger.ChangeNetwork, SigningIn, Reason.NetworkChanged, "Lync SDK: connection lost, auto-recovery on; RFC 5626 §4.4" },
        { SignedIn, Trigger.EndConnection, SignedOut, Reason.ConnectionLost, "RFC 5626 §4.4: the flow failed, and nobody wants it back" },
        { SignedIn, Trigger.EndRegistration, SignedOut, Reason.RegistrationLost, "RFC 3261 §10.2.7: the refresh was refused" },
        { SignedIn, Trigger.Deregister, SignedOut, Reason.Deregistered, "[MS-SIPREGE] §3.2: unregistered, rejected" },
        { SigningOut, Trigger.SignOutComplete, SignedOut, Reason.SignedOut, "Lync SDK: de-registration done or timed out" },
        { SignedOut, Trigger.ShutDown, ShuttingDown, Reason.ShutDownRequested, "Lync SDK: Client.BeginShutdown" },
        { ShuttingDown, Trigger.ShutDownComplete, Uninitialized, Reason.ShutDown, "Lync SDK: shutdown complete" },
    };

    /// <summary>What the end of a connection is for the client.</summary>
    /// <param name="end">The end.</param>
    /// <param name="comesBack">Whether the options want the client to sign in again.</param>
    public static Trigger TriggerOf(ConnectionEnd end, bool comesBack) => (end, comesBack) switch
    {
        (ConnectionEnd.Deregistered, _) => Trigger.Deregister,
        (ConnectionEnd.RegistrationRefused, _) => Trigger.EndRegistration,
        (ConnectionEnd.Moved, false) => Trigger.Deregister,
        (ConnectionEnd.RegistrationLost, false) => Trigger.EndRegistration,
        (_, false) => Trigger.EndConnection,
        (ConnectionEnd.Moved, _) => Trigger.Move,
        (ConnectionEnd.NetworkChanged, _) => Trigger.ChangeNetwork,
        (ConnectionEnd.RegistrationLost, _) => Trigger.LoseRegistration,
        _ => Trigger.LoseConnection,
    };
}
