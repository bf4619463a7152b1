namespace UcSdk.Sip;

/// <summary>How a request is forwarded.</summary>
public sealed record ProxyOptions
{
    /// <summary>True to stay in the path of the dialog that the request makes (RFC 3261 §16.6 step 4); default true.</summary>
    public bool RecordRoute { get; init; } = true;

    /// <summary>The URI put into Record-Route, with its <c>lr</c>; null for the local address of the flow on which the request came.</summary>
    public SipUri? RecordRouteUri { get; init; }

    /// <summary>Called for each copy before it goes out; null for no change.</summary>
    public Action<SipRequest, ProxyTarget>? EditRequest { get; init; }

    /// <summary>Called for each response before it goes upstream; null for no change.</summary>
    public Action<SipResponse>? EditResponse { get; init; }
}
