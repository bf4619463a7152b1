using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Which of a user's endpoints answers where the user does nothing: "the most active endpoint as determined by the device state published by all of the endpoints"
/// (Lync 2010 UCMA 3.0 SDK, InstantMessagingCall). All endpoints know the same states, so that each finds its own turn.
/// </summary>
internal static class EndpointTurn
{
    /// <summary>How much later than the one before it each endpoint answers, when that has not.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>How many other endpoints that take messages come before this one.</summary>
    /// <param name="endpoints">All endpoints of the user.</param>
    public static int Of(IReadOnlyList<OwnEndpoint> endpoints)
    {
        var self = endpoints.FirstOrDefault(endpoint => endpoint.IsThis);
        return endpoints.Count(other => CouldAnswer(other) && (self is null || Compare(other, self) < 0));
    }

    /// <summary>Whether there is no other endpoint that could answer.</summary>
    public static bool IsAlone(IReadOnlyList<OwnEndpoint> endpoints) => !endpoints.Any(CouldAnswer);

    private static bool CouldAnswer(OwnEndpoint other) => !other.IsThis && other.Capabilities.Contains(PresenceCapabilityNames.Text);

    // Of two that are used alike the ids decide: any rule does that both know.
    private static int Compare(OwnEndpoint one, OwnEndpoint other) =>
        IdlenessOf(one.Availability) is var first && IdlenessOf(other.Availability) is var second && first != second
            ? first.CompareTo(second)
            : string.Compare(one.EndpointId, other.EndpointId, StringComparison.OrdinalIgnoreCase);

    private static int IdlenessOf(ContactAvailability use) => use switch
    {
        ContactAvailability.None => 3,
        ContactAvailability.Away or ContactAvailability.TemporarilyAway or ContactAvailability.Offline => 2,
        ContactAvailability.FreeIdle or ContactAvailability.BusyIdle => 1,
        _ => 0,
    };
}
