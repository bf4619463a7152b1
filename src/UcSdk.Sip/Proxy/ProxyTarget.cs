namespace UcSdk.Sip;

/// <summary>One place to which a request is forwarded.</summary>
/// <param name="Uri">The Request-URI it gets there.</param>
/// <param name="Flow">The flow that leads there.</param>
public sealed record ProxyTarget(SipUri Uri, SipFlow Flow);
