using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The header fields of instant messages that SIP itself does not know.</summary>
internal static class MessageHeaders
{
    /// <summary>The first message, as plain text, in the INVITE.</summary>
    public static readonly HeaderName TextFormat = HeaderName.Of(FirstMessage.TextFormatHeader);

    /// <summary>The first message, as HTML or RTF, in the INVITE.</summary>
    public static readonly HeaderName RichFormat = HeaderName.Of(FirstMessage.ImFormatHeader);

    /// <summary>Who wrote a message that a conference hands on ([MS-CONFIM] §3.3).</summary>
    public static readonly HeaderName Sender = HeaderName.Of("Ms-Sender");

    /// <summary>By which the conference will tell what became of a message ([MS-CONFIM] §3.3.2.5).</summary>
    public static readonly HeaderName MessageId = HeaderName.Of("Message-Id");

    public static readonly HeaderName RosterManager = HeaderName.Of("Roster-Manager");

    public static readonly HeaderName EndPoints = HeaderName.Of("EndPoints");

    /// <summary>RFC 3261 §20.26.</summary>
    public static readonly HeaderName Priority = HeaderName.Of("Priority");

    /// <summary>RFC 7044.</summary>
    public static readonly HeaderName HistoryInfo = HeaderName.Of("History-Info");
}
