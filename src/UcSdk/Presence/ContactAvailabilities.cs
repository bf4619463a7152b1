using UcSdk.Documents;

namespace UcSdk;

/// <summary>Between the numbers of the wire and the availabilities of the object model.</summary>
internal static class ContactAvailabilities
{
    /// <summary>The availability in whose range the number is ([MS-PRES] §3.7.5.5).</summary>
    public static ContactAvailability Of(uint? number) => (ContactAvailability)PresenceAvailabilities.Of(PresenceAvailabilities.ClassOf(number ?? 0));

    /// <exception cref="ArgumentException">Users cannot choose to be idle, and there is no such member.</exception>
    public static void RequirePublishable(ContactAvailability availability, string parameter)
    {
        if (!Enum.IsDefined(availability) || availability is ContactAvailability.FreeIdle or ContactAvailability.BusyIdle)
        {
            throw new ArgumentException($"{availability} cannot be published: idleness comes from what the user does.", parameter);
        }
    }
}
