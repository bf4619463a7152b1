namespace UcSdk.Documents;

/// <summary>
/// The parts of a conference by the one name they have everywhere: in conference URIs, as <c>mcuType</c>, as <c>purpose</c> of a
/// conference URI, as <c>session-type</c> of an endpoint. Peers may use others.
/// </summary>
public static class ConferenceEntityTypes
{
    /// <summary>Makes and looks after the conferences of one organizer.</summary>
    public const string FocusFactory = "focusfactory";

    /// <summary>The conference itself: its roster, its rights.</summary>
    public const string Focus = "focus";

    /// <summary>Instant messages.</summary>
    public const string Chat = "chat";

    /// <summary>Audio and video.</summary>
    public const string AudioVideo = "audio-video";

    /// <summary>Application and desktop sharing.</summary>
    public const string ApplicationSharing = "applicationsharing";

    /// <summary>Web conferencing: slides, whiteboards, polls.</summary>
    public const string DataConferencing = "data-conf";

    /// <summary>A telephone conference of an audio conferencing provider.</summary>
    public const string PhoneConferencing = "phone-conf";
}
