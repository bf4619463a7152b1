namespace UcSdk.Documents;

/// <summary>The media types under which the documents of this floor travel in SIP bodies.</summary>
public static class ContentTypes
{
    /// <summary>C3P requests and responses ([MS-CONFBAS] §2.2.1).</summary>
    public const string C3p = "application/cccp+xml";

    /// <summary>The state of a conference (RFC 4575, [MS-CONFBAS] §2.2.2.2).</summary>
    public const string ConferenceInfo = "application/conference-info+xml";

    /// <summary>An invitation to a conference, sent to a user.</summary>
    public const string ConferencingInvitation = "application/ms-conf-invite+xml";

    /// <summary>In-band provisioning, request and notification alike ([MS-SIPREGE] §2.2.2.1).</summary>
    public const string Provisioning = "application/vnd-microsoft-roaming-provisioning-v2+xml";

    /// <summary>A location profile ([MS-SIPRE] §2.2.8).</summary>
    public const string LocationProfile = "application/ms-location-profile-definition+xml";

    /// <summary>A user's contact list and its changes ([MS-SIP] §2.2.4.1).</summary>
    public const string ContactList = "application/vnd-microsoft-roaming-contacts+xml";

    /// <summary>SOAP requests and responses inside SIP: changes of the contact list ([MS-SIP] §2.2.4.2), directory search ([MS-PRES] §2.2.1).</summary>
    public const string Soap = "application/SOAP+xml";

    /// <summary>SOAP 1.1 messages to and from web services, over HTTP (SOAP 1.1 §6).</summary>
    public const string SoapOverHttp = "text/xml";

    /// <summary>The answers of the Autodiscover service as XML ([MS-OCDISCWS] §2.2.1).</summary>
    public const string Autodiscover = "application/vnd.microsoft.rtc.autodiscover+xml";

    /// <summary>The answers of the Autodiscover service as JSON.</summary>
    public const string AutodiscoverJson = "application/vnd.microsoft.rtc.autodiscover+json";

    /// <summary>What a watcher may see of one user, or a user of itself ([MS-PRES] §2.2.2).</summary>
    public const string Categories = "application/msrtc-event-categories+xml";

    /// <summary>Publishing categories of oneself ([MS-PRES] §2.2.2).</summary>
    public const string CategoryPublish = "application/msrtc-category-publish+xml";

    /// <summary>What a user has published, its containers and its watchers, request and notification alike ([MS-PRES] §2.2.2).</summary>
    public const string RoamingSelf = "application/vnd-microsoft-roaming-self+xml";

    /// <summary>Putting watchers into containers and taking them out ([MS-PRES] §2.2.2).</summary>
    public const string SetContainerMembers = "application/msrtc-setcontainermembers+xml";

    /// <summary>Acknowledging watchers ([MS-PRES] §2.2.2).</summary>
    public const string SetSubscribers = "application/msrtc-presence-setsubscriber+xml";

    /// <summary>Why a presence request was refused ([MS-PRES] §2.2.2).</summary>
    public const string PresenceFault = "application/msrtc-fault+xml";

    /// <summary>Watching several users by one subscription ([MS-PRES] §2.2.2).</summary>
    public const string BatchSubscribe = "application/msrtc-adrl-categorylist+xml";

    /// <summary>Watching several users by one subscription, as before categories ([MS-SIP] §2.2).</summary>
    public const string AdhocList = "application/adrl+xml";

    /// <summary>Which part of a notification is about which user (RFC 4662 §5).</summary>
    public const string ResourceList = "application/rlmi+xml";

    /// <summary>Presence of users of plain SIP servers (RFC 3863).</summary>
    public const string Pidf = "application/pidf+xml";

    /// <summary>Presence as the first drafts wrote it; read, never written.</summary>
    public const string Xpidf = "application/xpidf+xml";

    /// <summary>Presence as before categories ([MS-SIP] §2.2); kept as a tree.</summary>
    public const string LegacyPidf = "text/xml+msrtc.pidf";

    /// <summary>An instant message without markup (RFC 3428 §7).</summary>
    public const string PlainText = "text/plain";

    /// <summary>An instant message as HTML ([MS-CONFIM] §3.1).</summary>
    public const string Html = "text/html";

    /// <summary>An instant message as RTF ([MS-CONFIM] §3.1).</summary>
    public const string Rtf = "text/rtf";

    /// <summary>That somebody types, in an INFO of the session: the root says what the document is (<see cref="KeyboardActivity"/>).</summary>
    public const string Xml = "application/xml";

    /// <summary>That somebody composes a message (RFC 3994 §6).</summary>
    public const string IsComposing = "application/im-iscomposing+xml";

    /// <summary>Whom an instant message in a conference reached ([MS-CONFIM] §2.2.1).</summary>
    public const string MessageDeliveryNotification = "application/ms-imdn+xml";

    /// <summary>What became of an instant message, of plain SIP clients (RFC 5438 §12.1).</summary>
    public const string MessageDispositionNotification = "message/imdn+xml";

    /// <summary>The subject of a conversation, in an INFO of the session.</summary>
    public const string ConversationInfo = "application/xml+conversationinfo";

    /// <summary>Who keeps the list of a group conversation without a server, in an INFO of the session (Live Communications Server 2005).</summary>
    public const string RosterManager = "application/x-ms-mim";

    /// <summary>What an application says of a conversation, in its invitation ([MS-SIPRE] §2.2.20).</summary>
    public const string ConversationContext = "application/ms-conversation-context+xml";
}
