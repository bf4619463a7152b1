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

    /// <summary>A user's contact list and its changes ([MS-SIP] §2.2.4.1).</summary>
    public const string ContactList = "application/vnd-microsoft-roaming-contacts+xml";

    /// <summary>SOAP requests and responses inside SIP: changes of the contact list ([MS-SIP] §2.2.4.2), directory search ([MS-PRES] §2.2.1).</summary>
    public const string Soap = "application/SOAP+xml";

    /// <summary>The answers of the Autodiscover service as XML ([MS-OCDISCWS] §2.2.1).</summary>
    public const string Autodiscover = "application/vnd.microsoft.rtc.autodiscover+xml";

    /// <summary>The answers of the Autodiscover service as JSON.</summary>
    public const string AutodiscoverJson = "application/vnd.microsoft.rtc.autodiscover+json";
}
