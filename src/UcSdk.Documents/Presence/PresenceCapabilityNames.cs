namespace UcSdk.Documents;

/// <summary>What endpoints can do, by the names that servers and clients agree on ([MS-PRES] §2.2.2.7).</summary>
public static class PresenceCapabilityNames
{
    /// <summary>Instant messages.</summary>
    public const string Text = "text";

    /// <summary>Ink as pictures.</summary>
    public const string GifInk = "gifInk";

    /// <summary>Ink as strokes.</summary>
    public const string IsfInk = "isfInk";

    /// <summary>Calls.</summary>
    public const string Voice = "voice";

    /// <summary>Video.</summary>
    public const string Video = "video";

    /// <summary>Sharing applications.</summary>
    public const string ApplicationSharing = "applicationSharing";

    /// <summary>Sharing slides.</summary>
    public const string ContentPowerPoint = "contentPowerPoint";

    /// <summary>Control of a desk phone.</summary>
    public const string RemoteCallControl = "remoteCallControl";

    /// <summary>The calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>Control of conferences.</summary>
    public const string ConferenceControl = "CCCP";
}
