using UcSdk.Core;
using static UcSdk.ClientState;
using Reason = UcSdk.ClientStateChangeReason;
using Trigger = UcSdk.ClientTrigger;

namespace UcSdk;

/// <summary>The life of a client. Where the desktop client recovers a lost connection by itself, this one signs out and says why.</summary>
internal static class ClientStates
{
    public static readonly StateTable<ClientState, Trigger, Reason> Table = new("Client", SignedOut)
    {
        { SignedOut, Trigger.SignIn, SigningIn, Reason.SignInRequested, "Lync SDK: Client.BeginSignIn" },
        { SigningIn, Trigger.SignInComplete, SignedIn, Reason.SignedIn, "Lync SDK: registration and initial data complete" },
        { SigningIn, Trigger.SignInFail, SignedOut, Reason.SignInFailed, "Lync SDK: final failure of sign-in" },
        { SigningIn, Trigger.SignInCancel, SignedOut, Reason.SignInCanceled, "Lync SDK: BeginSignOut cancels a pending sign-in" },
        { SignedIn, Trigger.SignOut, SigningOut, Reason.SignOutRequested, "Lync SDK: Client.BeginSignOut" },
        { SignedIn, Trigger.LoseConnection, SignedOut, Reason.ConnectionLost, "RFC 5626 §4.4: the flow failed" },
        { SignedIn, Trigger.LoseRegistration, SignedOut, Reason.RegistrationLost, "RFC 3261 §10.2.4: the refresh failed" },
        { SignedIn, Trigger.Deregister, SignedOut, Reason.Deregistered, "[MS-SIPREGE] §3.2: deregistered by the server" },
        { SigningOut, Trigger.SignOutComplete, SignedOut, Reason.SignedOut, "Lync SDK: de-registration done or timed out" },
        { SignedOut, Trigger.ShutDown, ShuttingDown, Reason.ShutDownRequested, "Lync SDK: Client.BeginShutdown" },
        { ShuttingDown, Trigger.ShutDownComplete, Uninitialized, Reason.ShutDown, "Lync SDK: shutdown complete" },
    };
}
