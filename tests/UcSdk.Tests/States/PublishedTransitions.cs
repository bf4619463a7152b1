namespace UcSdk.Tests;

/// <summary>
/// The transitions that the Lync SDK and UCMA document, kept by hand and apart from the tables that run. Each is built here, or marked as
/// not built yet, so that the difference between the two is a list and not a discovery.
/// </summary>
internal static class PublishedTransitions
{
    /// <summary>Lync SDK, ClientState.</summary>
    public static readonly PublishedTransition[] Client =
    [
        new("Uninitialized", "Initializing", "BeginInitialize", NotBuilt: "construction replaces initialisation"),
        new("Initializing", "SignedOut", "initialisation complete", NotBuilt: "construction replaces initialisation"),
        new("Initializing", "Uninitialized", "initialisation failed", NotBuilt: "construction replaces initialisation"),
        new("SignedOut", "SigningIn", "BeginSignIn"),
        new("SigningIn", "SignedIn", "registration and initial data complete"),
        new("SigningIn", "SigningIn", "credentials requested, sign-in delayed"),
        new("SigningIn", "SignedOut", "BeginSignOut, credentials cancelled, final failure"),
        new("SignedIn", "SigningOut", "BeginSignOut"),
        new("SigningOut", "SignedOut", "de-registration done or timed out"),
        new("SignedIn", "SigningIn", "connection lost, auto-recovery on"),
        new("SignedIn", "SignedOut", "de-registered by the server, or other final loss"),
        new("SignedOut", "ShuttingDown", "BeginShutdown"),
        new("ShuttingDown", "Uninitialized", "shutdown complete"),
        new("Uninitialized", "ShuttingDown", "BeginShutdown with no network", NotBuilt: "disposal signs out first"),
        new("SigningIn", "ShuttingDown", "BeginShutdown with no network", NotBuilt: "disposal signs out first"),
        new("SignedIn", "ShuttingDown", "BeginShutdown with no network", NotBuilt: "disposal signs out first"),
        new("SigningOut", "ShuttingDown", "BeginShutdown with no network", NotBuilt: "disposal signs out first"),
        new("Initializing", "ShuttingDown", "BeginShutdown with no network", NotBuilt: "construction replaces initialisation"),
    ];

    /// <summary>Lync SDK, ConversationState.</summary>
    public static readonly PublishedTransition[] Conversation =
    [
        new("Inactive", "Active", "a modality reaches Connected; BeginRetrieve succeeded"),
        new("Active", "Inactive", "last modality disconnected; held"),
        new("Active", "Active", "transfer offered or rejected", NotBuilt: "no transfer yet"),
        new("Active", "Parked", "BeginPark accepted", NotBuilt: "no parking yet"),
        new("Inactive", "Parked", "BeginPark accepted", NotBuilt: "no parking yet"),
        new("Parked", "Terminated", "unparked", NotBuilt: "no parking yet"),
        new("Parked", "Active", "unparked to the parker", NotBuilt: "no parking yet"),
        new("Inactive", "Terminated", "End(), remote end, ejected, conference ended"),
        new("Active", "Terminated", "End(), remote end, ejected, conference ended", NotBuilt: "the modalities disconnect first"),
    ];

    /// <summary>Lync SDK, ModalityState of audio and video.</summary>
    public static readonly PublishedTransition[] AVModality =
    [
        new("Disconnected", "Connecting", "BeginConnect"),
        new("Connecting", "Connecting", "ringing", NotBuilt: "an A/V server does not ring"),
        new("Disconnected", "Notified", "incoming invitation"),
        new("Notified", "Joining", "Accept", NotBuilt: "no two-party calls yet; in a conference the A/V server is dialled first"),
        new("Notified", "Connecting", "Accept in a conference: this endpoint dials the MCU"),
        new("Connecting", "Joining", "accepted by the peer"),
        new("Joining", "Connected", "session complete, media up"),
        new("Joining", "ConnectingToCaller", "the server calls the user's phone first", NotBuilt: "no dial-out yet"),
        new("ConnectingToCaller", "Connected", "caller leg up", NotBuilt: "no dial-out yet"),
        new("Notified", "Disconnected", "Reject, remote CANCEL, timeout"),
        new("Notified", "Forwarding", "BeginForward", NotBuilt: "no two-party calls yet"),
        new("Forwarding", "Disconnected", "forward accepted", NotBuilt: "no two-party calls yet"),
        new("Forwarding", "Notified", "forward failed", NotBuilt: "no two-party calls yet"),
        new("Connecting", "Disconnecting", "BeginDisconnect, failure"),
        new("Joining", "Disconnecting", "BeginDisconnect, failure"),
        new("Connecting", "Disconnected", "rejection, failure"),
        new("Joining", "Disconnected", "remote BYE, failure"),
        new("Connected", "OnHold", "BeginHold", NotBuilt: "no hold yet"),
        new("OnHold", "Connected", "BeginRetrieve", NotBuilt: "no hold yet"),
        new("Connected", "Transferring", "BeginTransfer", NotBuilt: "no transfer yet"),
        new("OnHold", "Transferring", "BeginTransfer", NotBuilt: "no transfer yet"),
        new("Transferring", "Disconnected", "target accepted", NotBuilt: "no transfer yet"),
        new("Transferring", "OnHold", "target declined", NotBuilt: "no transfer yet"),
        new("Connected", "Suspended", "capabilities lost", NotBuilt: "no recovery yet"),
        new("Suspended", "Connected", "recovered", NotBuilt: "no recovery yet"),
        new("Connected", "Disconnecting", "BeginDisconnect"),
        new("OnHold", "Disconnecting", "BeginDisconnect", NotBuilt: "no hold yet"),
        new("Suspended", "Disconnecting", "BeginDisconnect", NotBuilt: "no recovery yet"),
        new("Disconnecting", "Disconnected", "BYE answered or timed out"),
        new("Connected", "Disconnected", "remote BYE, ejected, network failure"),
        new("OnHold", "Disconnected", "remote BYE, network failure", NotBuilt: "no hold yet"),
        new("Suspended", "Disconnected", "network failure", NotBuilt: "no recovery yet"),
    ];

    /// <summary>Lync SDK, ModalityState of instant messages. The way over Connecting and Disconnecting is that of all modalities.</summary>
    public static readonly PublishedTransition[] InstantMessageModality =
    [
        new("Disconnected", "Connected", "first participant reachable", NotBuilt: "the modality shows what is true on the wire"),
        new("Disconnected", "Connecting", "first BeginSendMessage"),
        new("Connecting", "Connected", "accepted by the peer"),
        new("Connecting", "Disconnecting", "BeginDisconnect"),
        new("Connecting", "Disconnected", "rejection, failure"),
        new("Disconnected", "Notified", "incoming IM invitation"),
        new("Notified", "Connected", "Accept, auto-accept"),
        new("Notified", "Disconnected", "Reject, remote CANCEL, timeout"),
        new("Connected", "Disconnecting", "BeginDisconnect"),
        new("Connected", "Disconnected", "remote end, network failure"),
        new("Disconnecting", "Disconnected", "BYE answered or timed out"),
    ];

    /// <summary>UCMA, ConferenceSessionState.</summary>
    public static readonly PublishedTransition[] ConferenceSession =
    [
        new("Idle", "Connecting", "BeginJoin"),
        new("Connecting", "Connected", "join complete"),
        new("Connecting", "InLobby", "placed in the lobby", NotBuilt: "no lobby yet"),
        new("Connecting", "Idle", "join failed"),
        new("InLobby", "Connected", "admitted", NotBuilt: "no lobby yet"),
        new("InLobby", "Disconnecting", "ejected, ended, BeginTerminate", NotBuilt: "no lobby yet"),
        new("Connected", "Reconnecting", "focus failed over", NotBuilt: "no recovery yet"),
        new("InLobby", "Reconnecting", "focus failed over", NotBuilt: "no lobby yet"),
        new("Reconnecting", "Connected", "reconnected", NotBuilt: "no recovery yet"),
        new("Reconnecting", "InLobby", "reconnected into the lobby", NotBuilt: "no lobby yet"),
        new("Reconnecting", "Disconnecting", "the attempt failed", NotBuilt: "no recovery yet"),
        new("Connected", "Disconnecting", "BeginTerminate, ejected, conference ended, parent's escalation failed"),
        new("Disconnecting", "Disconnected", "signalling and subscription ended"),
        new("Disconnecting", "Idle", "after a failed escalation of the parent"),
    ];

    /// <summary>UCMA, ConferenceInvitationState, outgoing and incoming; the triggers are its transition reasons.</summary>
    public static readonly PublishedTransition[] ConferenceInvitation =
    [
        new("Idle", "Delivering", "Delivering"),
        new("Idle", "Delivering", "Ringing", NotBuilt: "Delivering always comes first here"),
        new("Delivering", "Delivering", "Ringing"),
        new("Delivering", "Delivering", "Deflected", NotBuilt: "181 is not read yet"),
        new("Delivering", "Delivering", "DeflectedWithUnknownReason", NotBuilt: "181 is not read yet"),
        new("Delivering", "Delivering", "DeflectedToAnotherDestination", NotBuilt: "181 is not read yet"),
        new("Delivering", "Delivering", "DeflectedToDelegate", NotBuilt: "181 is not read yet"),
        new("Delivering", "Delivering", "FallingBackToMcuDialOut", NotBuilt: "no dial-out yet"),
        new("Delivering", "Terminating", "None", NotBuilt: "every ending here has a reason"),
        new("Delivering", "Terminating", "Accepted"),
        new("Delivering", "Terminating", "DeliverFailed"),
        new("Delivering", "Terminating", "TerminatedLocally"),
        new("Delivering", "Terminating", "TerminatedRemotely", NotBuilt: "a refusal is a failed delivery here"),
        new("Terminating", "Terminated", "Accepted"),
        new("Terminating", "Terminated", "DeliverFailed"),
        new("Terminating", "Terminated", "TerminatedLocally"),
        new("Terminating", "Terminated", "TerminatedRemotely"),
        new("Incoming", "Terminating", "TerminatedLocally"),
        new("Incoming", "Terminating", "TerminatedRemotely"),
    ];

    /// <summary>UCMA, CollaborationSubscriptionState, of the own contact list.</summary>
    public static readonly PublishedTransition[] ContactList =
    [
        new("Idle", "Subscribing", "BeginSubscribe"),
        new("Subscribing", "Subscribed", "success"),
        new("Subscribing", "Terminating", "failure (server busy)"),
        new("Subscribing", "WaitingForRetry", "server busy or user services offline; retried automatically"),
        new("WaitingForRetry", "Subscribing", "next attempt"),
        new("WaitingForRetry", "Terminating", "BeginUnsubscribe"),
        new("Subscribed", "Terminating", "BeginUnsubscribe"),
        new("Subscribed", "WaitingForRetry", "NOTIFY with Expires 0, route recovery, 481, user services offline"),
        new("Terminating", "Idle", "done; may be subscribed again"),
    ];

    /// <summary>UCMA, RemotePresentitySubscriptionState.</summary>
    public static readonly PublishedTransition[] ContactPresence =
    [
        new("Idle", "Subscribing", "StartSubscribing, default and persistent"),
        new("Idle", "Polling", "StartSubscribing, polling"),
        new("Subscribing", "Subscribed", "success"),
        new("Subscribing", "Terminating", "failure"),
        new("Subscribing", "WaitingForRetry", "server says retry later; target in another pool"),
        new("Subscribing", "Polling", "target is an automaton", NotBuilt: "an automaton's presence is watched as any other"),
        new("Subscribed", "Polling", "switched to polling", NotBuilt: "a wish that becomes a poll is another watching"),
        new("Subscribed", "WaitingForRetry", "481, 480, 504, server closes and asks for a new one"),
        new("Subscribed", "Terminating", "StartUnsubscribing, BeginTerminate"),
        new("WaitingForRetry", "Subscribing", "retry within 10 s"),
        new("WaitingForRetry", "Terminating", "StartUnsubscribing, BeginTerminate"),
        new("Polling", "Terminating", "StartUnsubscribing, BeginTerminate"),
        new("Terminating", "Terminated", "ended, successful or not; target leaves the view"),
    ];
}
