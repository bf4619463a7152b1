namespace UcSdk.Sip;

/// <summary>
/// How a request is forwarded. What one of the callbacks throws is reported by the endpoint's loop; a copy that was not finished counts as 500, a response goes out as it is.
/// </summary>
public sealed record ProxyOptions
{
    /// <summary>True to stay in the path of the dialog that the request makes (RFC 3261 §16.6 step 4); default true.</summary>
    public bool RecordRoute { get; init; } = true;

    /// <summary>
    /// The URI put into Record-Route, with its <c>lr</c>; null for the address on which the request came, and, above it, the address from which it goes
    /// out where that is another one (RFC 5658 §5).
    /// </summary>
    public SipUri? RecordRouteUri { get; init; }

    /// <summary>What a sender may demand of a proxy by Proxy-Require (RFC 3261 §16.3 step 5); anything else gets 420. Default nothing.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>
    /// True to try the Contacts of a 3xx as further targets, by their <c>q</c>, instead of sending it upstream (RFC 3261 §16.7 step 4); default false.
    /// </summary>
    public bool FollowRedirects { get; init; }

    /// <summary>How many targets one request may have, with those that redirection adds; default 64. What comes beyond is not tried.</summary>
    public int MaxTargets { get; init; } = 64;

    /// <summary>
    /// How many branches the request may have at one time, here and downstream, where it does not say itself (RFC 5393 §5.3, Max-Breadth); default 60.
    /// Targets beyond wait until others are done; a request that has none left gets 440.
    /// </summary>
    public int MaxBreadth { get; init; } = 60;

    /// <summary>Called for each copy before it goes out, with the flow that was found; null for no change.</summary>
    public Action<SipRequest, ProxyTarget>? EditRequest { get; init; }

    /// <summary>Called for each response before it goes upstream; null for no change.</summary>
    public Action<SipResponse>? EditResponse { get; init; }

    /// <summary>
    /// Names the user whose target has answered 2xx, for the CANCEL of the other targets: beside <c>SIP;cause=200</c> its Reason then says <c>ms-acceptedby</c>, as that of
    /// Lync servers. Null, or a null result, leaves that out.
    /// </summary>
    public Func<ProxyTarget, SipUri?>? CompletedBy { get; init; }

    /// <summary>
    /// Called when all targets have failed, with the response that would go upstream: the targets to try next, e.g. a voice mailbox; null or empty to send the
    /// response. Not called when the caller has cancelled or is gone, nor after a 6xx. Null for no more targets.
    /// </summary>
    public Func<SipResponse, IReadOnlyList<ProxyTarget>?>? Retarget { get; init; }
}
