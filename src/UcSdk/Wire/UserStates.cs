using UcSdk.Documents;

namespace UcSdk;

/// <summary>What a user chooses, as the state that is published.</summary>
internal static class UserStates
{
    public static PresenceState Choose(ContactAvailability availability, string? activity, ValueList<CustomActivity> words) => new(PresenceStateTypes.User)
    {
        Manual = true,
        Availability = (uint)availability,
        Activity = activity is null && words.Count == 0 ? null : new PresenceActivity { Token = activity, Custom = words },
        EndpointLocation = "",
    };
}
