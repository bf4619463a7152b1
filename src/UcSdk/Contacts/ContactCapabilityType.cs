namespace UcSdk;

/// <summary>The kinds of capabilities; the numbers are those of the Lync SDK's <c>PresenceCapabilityType</c>.</summary>
public enum ContactCapabilityType
{
    /// <summary>Instant messages.</summary>
    InstantMessaging = 0,

    /// <summary>Audio.</summary>
    Audio = 1,

    /// <summary>Video.</summary>
    Video = 2,

    /// <summary>Shared applications.</summary>
    AppShare = 3,
}
