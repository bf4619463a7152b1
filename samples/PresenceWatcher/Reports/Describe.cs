using UcSdk;

namespace PresenceWatcher.Reports;

/// <summary>Words for people.</summary>
internal static class Describe
{
    public static string Availability(ContactAvailability availability) => availability switch
    {
        ContactAvailability.Free => "Available",
        ContactAvailability.FreeIdle => "Inactive",
        ContactAvailability.Busy => "Busy",
        ContactAvailability.BusyIdle => "Busy (inactive)",
        ContactAvailability.DoNotDisturb => "Do not disturb",
        ContactAvailability.TemporarilyAway => "Be right back",
        ContactAvailability.Away => "Away",
        ContactAvailability.Offline => "Offline",
        _ => "Unknown",
    };

    public static string Colour(ContactAvailability availability) => availability switch
    {
        ContactAvailability.Free or ContactAvailability.FreeIdle => "green",
        ContactAvailability.Busy or ContactAvailability.BusyIdle => "red",
        ContactAvailability.DoNotDisturb => "maroon",
        ContactAvailability.TemporarilyAway or ContactAvailability.Away => "yellow",
        _ => "grey",
    };

    /// <summary>What others have written of themselves, without what a terminal would obey.</summary>
    public static string Text(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
