namespace UcSdk.Documents;

/// <summary>The activities that clients have words for ([MS-PRES] §2.2.2.7, attribute <c>activity/@token</c>).</summary>
public static class PresenceActivityTokens
{
    /// <summary>In a call.</summary>
    public const string OnThePhone = "on-the-phone";

    /// <summary>In a conference of this system.</summary>
    public const string InAConference = "in-a-conference";

    /// <summary>In a meeting of the calendar.</summary>
    public const string InAMeeting = "in-a-meeting";

    /// <summary>Out of office, says the calendar.</summary>
    public const string OutOfOffice = "out-of-office";

    /// <summary>Only the watchers of <see cref="PresenceContainerIds.Team"/> may interrupt.</summary>
    public const string UrgentInterruptionsOnly = "urgent-interruptions-only";

    /// <summary>Presenting.</summary>
    public const string InPresentation = "in-presentation";

    /// <summary>Not at work.</summary>
    public const string OffWork = "off-work";

    /// <summary>Back soon.</summary>
    public const string BeRightBack = "be-right-back";

    /// <summary>Away.</summary>
    public const string Away = "away";

    /// <summary>Busy.</summary>
    public const string Busy = "busy";

    /// <summary>The endpoint is not used.</summary>
    public const string Idle = "idle";

    /// <summary>The endpoint is not used, in the word of later clients.</summary>
    public const string Inactive = "inactive";
}
