using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Something that happened to a registered endpoint.</summary>
/// <param name="Endpoint">The endpoint, as it is now or was at last.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Told">What the endpoint is told about the end of its registration; null when it is told nothing.</param>
public sealed record EndpointChange(RegisteredEndpoint Endpoint, EndpointChangeReason Reason, DeregistrationReason? Told);
