namespace UcSdk;

/// <summary>What moves a <see cref="ConferenceInvitation"/>. An ending is fired twice: when it is known, and when the dialog is over.</summary>
internal enum ConferenceInvitationTrigger
{
    Deliver,
    Ring,
    Accept,
    FailDelivery,
    TerminateLocally,
    TerminateRemotely,
}
