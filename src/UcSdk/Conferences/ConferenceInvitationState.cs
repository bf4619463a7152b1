namespace UcSdk;

/// <summary>
/// Where a <see cref="ConferenceInvitation"/> stands; the states of UCMA's invitation. There is no accepted state: acceptance ends the
/// invitation, and the reason says so.
/// </summary>
public enum ConferenceInvitationState
{
    /// <summary>An outgoing invitation that was not sent yet.</summary>
    Idle,

    /// <summary>An incoming invitation that waits for its answer.</summary>
    Incoming,

    /// <summary>An outgoing invitation on its way, or ringing.</summary>
    Delivering,

    /// <summary>The answer is known; the dialog is being ended.</summary>
    Terminating,

    /// <summary>Over. Final.</summary>
    Terminated,
}
