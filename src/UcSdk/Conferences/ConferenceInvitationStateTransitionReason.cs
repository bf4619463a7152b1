namespace UcSdk;

/// <summary>Why a <see cref="ConferenceInvitation"/> changed its state; names are UCMA's.</summary>
public enum ConferenceInvitationStateTransitionReason
{
    /// <summary>The invitation was sent.</summary>
    Delivering,

    /// <summary>An endpoint of the invited person rings. Said once.</summary>
    Ringing,

    /// <summary>The invited person accepted.</summary>
    Accepted,

    /// <summary>The invited person declined, could not be reached or did not answer.</summary>
    DeliverFailed,

    /// <summary>Outgoing: the user took the invitation back. Incoming: the user accepted, and the inviter confirmed; or declined.</summary>
    TerminatedLocally,

    /// <summary>Incoming: the inviter took the invitation back, or another endpoint of the user answered it.</summary>
    TerminatedRemotely,
}
