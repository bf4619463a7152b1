using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>Names messages as a story does: the status or nothing, the method, whom it is for, the event, the type of the body.</summary>
internal static class WireText
{
    public static string Describe(SipMessage message)
    {
        var status = message is SipResponse response ? $"{response.StatusCode} " : "";
        var package = message is SipRequest && message.Headers[HeaderName.Event] is { } name ? " " + name : "";
        var body = message.Body.IsEmpty ? "" : $" ({message.ContentType})";
        return $"{status}{message.CSeq?.Method} {NameOf(message.To?.Uri)}{package}{body}";
    }

    /// <summary>The text of a message as it travels; empty when it is none.</summary>
    public static string Describe(ReadOnlyMemory<byte> bytes) =>
        SipMessage.TryParse(bytes, SipLimits.Unlimited, out var message, out _) ? Describe(message!) : "";

    private static string NameOf(SipUri? uri) =>
        uri is null ? "?" : ConferenceUri.TryParse(uri.Text, out var conference) ? conference.EntityType : uri.User;
}
