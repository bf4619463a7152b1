namespace UcSdk.Sip;

/// <summary>The presence-state header of a Lync registrar's 200 ([MS-SIPREGE] §2.2.1.4): <c>register-action="added"</c>.</summary>
internal static class PresenceState
{
    /// <summary>
    /// True when the answer to a refresh says that there was nothing to refresh: the registrar has made the binding anew (<c>added</c>, <c>fixed</c>), and knows nothing of
    /// what hung on the old one ([MS-SIPREGE] §3.1.1.5.1).
    /// </summary>
    public static bool IsNewBinding(SipResponse response) =>
        response.Headers[HeaderName.PresenceState] is { } text
        && SipParameters.TryParse(";" + text, out var parameters)
        && parameters["register-action"]?.ToLowerInvariant() is "added" or "fixed";
}
