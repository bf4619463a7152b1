namespace UcSdk.Sip;

/// <summary>How a SUBSCRIBE is sent.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The flow to use; null lets <see cref="SipEndpoint.RouteRequest"/> choose.</summary>
    public SipFlow? Flow { get; init; }
}
