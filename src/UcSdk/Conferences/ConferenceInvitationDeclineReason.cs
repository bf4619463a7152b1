namespace UcSdk;

/// <summary>How an invitation is declined.</summary>
public enum ConferenceInvitationDeclineReason
{
    /// <summary>The person does not want to; other endpoints stop ringing too (603).</summary>
    Decline,

    /// <summary>The person is busy here (486).</summary>
    Busy,

    /// <summary>Nobody is there (480).</summary>
    Unavailable,
}
