namespace UcSdk.Sip;

/// <summary>One place to which a request is forwarded (RFC 3261 §16.5).</summary>
/// <param name="Uri">
/// The Request-URI it gets there; what may not stand in one (RFC 3261 §19.1.1: headers, <c>method</c>) is left out. The Request-URI as it came, with
/// no flow, sends the request on by its Route.
/// </param>
/// <param name="Flow">
/// The flow that leads there. Null: <see cref="SipEndpoint.RouteRequest"/> is asked, then the DNS (RFC 3263) for the first Route, or the Request-URI where
/// there is none; of several servers, those that fail are passed over.
/// </param>
public sealed record ProxyTarget(SipUri Uri, SipFlow? Flow = null)
{
    /// <summary>
    /// The preference <c>q</c> (RFC 3261 §16.6, §20.10), 0 to 1, default 1. Targets of one value are tried at once, those of a lower one when all
    /// above have failed or run out of time.
    /// </summary>
    public double Q { get; init; } = 1;

    /// <summary>
    /// How long the target may go without a final response before it is cancelled and the next are tried; default null: for an INVITE Timer C
    /// (<see cref="SipTimings.ProxyInviteTimeout"/>), otherwise the end of the transaction.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The values of Route to put above those that the request has (RFC 3261 §16.6 step 6, RFC 3327 §5.3), e.g. <c>&lt;sip:edge.test;lr&gt;</c>; default none.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>The address of the user on whose behalf a client gets the request, which of several associations of its flow signs it; null for what To says.</summary>
    internal SipUri? Addressee { get; init; }

    /// <summary>The address that was asked for, of which <see cref="Uri"/> is one place; null where they are the same.</summary>
    internal SipUri? Named { get; init; }
}
