namespace Lab;

/// <summary>Something that happened to an endpoint.</summary>
internal sealed record ControlEvent(string Event, ControlEndpoint Endpoint);
