namespace UcSdk.Sip;

/// <summary>How a SUBSCRIBE is sent, and what follows from it.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The flow to use; null lets <see cref="SipEndpoint.RouteRequest"/> choose.</summary>
    public SipFlow? Flow { get; init; }

    /// <summary>
    /// Whether another subscription takes the place of one that the notifier ended in a way that invites it (RFC 6665 §4.1.3): at once for
    /// <c>deactivated</c> and <c>timeout</c> and for a refresh that got 481; when its <c>retry-after</c> says, or after a pause that grows, for
    /// <c>probation</c> and <c>giveup</c>. Never for <c>rejected</c>, <c>noresource</c> and <c>invariant</c>, nor for a single state (Expires: 0).
    /// Default true; false leaves it to the application.
    /// </summary>
    public bool Resubscribe { get; init; } = true;

    /// <summary>
    /// What refreshes and renewals say after the first success, where that is not what the first SUBSCRIBE said (<see cref="Subscription.UpdateAsync"/> has the same for what it
    /// says); null, the default, is the body of the SUBSCRIBE.
    /// </summary>
    public ReadOnlyMemory<byte>? RefreshBody { get; init; }

    /// <summary>
    /// Whether every notifier that a forked SUBSCRIBE reaches may have a subscription of its own (RFC 6665 §4.4.1): the others come by
    /// <see cref="Subscription.Forked"/> within 64·T1. Default false: the first alone counts, the others get 481. The event package says which is
    /// right.
    /// </summary>
    public bool AcceptForks { get; init; }
}
