namespace UcSdk.Sip;

/// <summary>The name in the Event header, without parameters (RFC 6665 §8.2.1).</summary>
internal static class EventPackage
{
    public static string Of(SipMessage message)
    {
        var text = message.Headers[HeaderName.Event] ?? "";
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant();
    }
}
