using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Reads the Event header (RFC 6665 §8.2.1).</summary>
internal static class EventNames
{
    /// <summary>Whether the message is for the package; parameters such as <c>id</c> do not matter here.</summary>
    public static bool Is(SipMessage message, string package)
    {
        var text = message.Headers[HeaderName.Event] ?? "";
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? text : text[..semicolon]).Trim() == package;
    }
}
