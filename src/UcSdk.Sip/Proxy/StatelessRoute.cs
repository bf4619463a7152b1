namespace UcSdk.Sip;

/// <summary>Where a request goes without any state (RFC 3261 §16.11). The same request must get the same answer each time it comes.</summary>
/// <param name="Target">The one place; its Q and Timeout mean nothing here.</param>
/// <param name="Options">Record-Route, Extensions and EditRequest are looked at; null for the defaults.</param>
public sealed record StatelessRoute(ProxyTarget Target, ProxyOptions? Options = null);
