namespace UcSdk.Documents;

/// <summary>What a participant may do in a conference ([MS-CONFBAS], element <c>roles/entry</c>). The organizer is shown as presenter.</summary>
public static class ConferenceRoles
{
    /// <summary>May run the conference.</summary>
    public const string Presenter = "presenter";

    /// <summary>May take part.</summary>
    public const string Attendee = "attendee";
}
