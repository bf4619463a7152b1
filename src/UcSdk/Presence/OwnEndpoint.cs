using UcSdk.Documents;

namespace UcSdk;

/// <summary>One of the endpoints at which the user is signed in (several: [MS-PRES] calls this multiple points of presence).</summary>
/// <param name="EndpointId">Which, a UUID as the endpoint wrote it.</param>
/// <param name="IsThis">Whether it is this client.</param>
/// <param name="MachineName">The name of its computer; null when not told.</param>
/// <param name="Availability">What it tells of its use; <see cref="ContactAvailability.None"/> when nothing.</param>
/// <param name="Capabilities">What it can do, names of <see cref="PresenceCapabilityNames"/>.</param>
public sealed record OwnEndpoint(string EndpointId, bool IsThis, string? MachineName, ContactAvailability Availability, ValueList<string> Capabilities)
{
    /// <summary>How it stands; never which computer.</summary>
    public override string ToString() => $"{(IsThis ? "this endpoint" : "another endpoint")}, {Availability}";
}
