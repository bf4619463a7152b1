using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// The two extensions of subscriptions that every Lync client asks for: BENOTIFY, a NOTIFY that is never answered, and the first
/// notification inside the 200 to SUBSCRIBE ([MS-SIP]).
/// </summary>
internal static class BestEffortNotify
{
    /// <summary>The option tag for BENOTIFY, in Supported and Proxy-Require.</summary>
    public const string NotifyTag = "ms-benotify";

    /// <summary>The option tag for the first notification in the 200, in Supported.</summary>
    public const string PiggybackTag = "ms-piggyback-first-notify";

    /// <summary>Asks for both in a SUBSCRIBE; each tag has a line of its own, because some peers compare whole values.</summary>
    public static void Request(SipRequest subscribe)
    {
        subscribe.Headers.Add(HeaderName.Supported, NotifyTag);
        subscribe.Headers.Add(HeaderName.ProxyRequire, NotifyTag);
        subscribe.Headers.Add(HeaderName.Supported, PiggybackTag);
    }

    /// <summary>True when the subscriber takes BENOTIFY.</summary>
    public static bool IsSupported(SipRequest subscribe) => subscribe.Headers.HasToken(HeaderName.Supported, NotifyTag);

    /// <summary>True when the subscriber takes the first notification in the 200.</summary>
    public static bool TakesPiggyback(SipRequest subscribe) => subscribe.Headers.HasToken(HeaderName.Supported, PiggybackTag);

    /// <summary>True when a 200 carries a notification.</summary>
    public static bool IsPiggyback(SipResponse response) => response.Headers.Contains(HeaderName.MsPiggybackCSeq);

    /// <summary>The CSeq that the notification inside a 200 would have had as a request; null when the 200 carries none.</summary>
    public static uint? PiggybackCSeq(SipResponse response) =>
        uint.TryParse(response.Headers[HeaderName.MsPiggybackCSeq], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
