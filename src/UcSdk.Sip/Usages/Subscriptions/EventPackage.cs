namespace UcSdk.Sip;

/// <summary>The name in the Event header, without parameters (RFC 6665 §8.2.1).</summary>
internal static class EventPackage
{
    /// <summary>True when both name the same package and the same subscription to it (the <c>id</c> parameter).</summary>
    public static bool IsSame(SipMessage left, SipMessage right) => Of(left) == Of(right) && IdOf(left) == IdOf(right);

    public static string Of(SipMessage message)
    {
        var text = message.Headers[HeaderName.Event] ?? "";
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant();
    }

    private static string? IdOf(SipMessage message) =>
        message.Headers[HeaderName.Event] is { } text && text.IndexOf(';', StringComparison.Ordinal) is var semicolon and >= 0
        && SipParameters.TryParse(text.AsSpan(semicolon), out var parameters)
            ? parameters["id"]
            : null;
}
