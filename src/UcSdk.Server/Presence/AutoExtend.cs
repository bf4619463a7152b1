using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Subscriptions that last as long as the registration of their endpoint, without being refreshed (<c>com.microsoft.autoextend</c>, [MS-SIP]).</summary>
internal static class AutoExtend
{
    private const string Tag = "com.microsoft.autoextend";

    public static bool IsAskedFor(SipRequest subscribe) => subscribe.Headers.HasToken(HeaderName.Supported, Tag);

    /// <summary>What is written into the 200, so that the client knows that it need not refresh; null for a client that did not ask.</summary>
    public static Action<SipResponse>? Grant(SipRequest subscribe) =>
        IsAskedFor(subscribe) ? response => response.Headers.Add(HeaderName.Supported, Tag) : null;
}
