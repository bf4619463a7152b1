using UcSdk.Documents;

namespace UcSdk;

/// <summary>What somebody does, in words: those of the contact, else the English ones that Lync shows for tokens and availabilities.</summary>
internal static class ActivityWords
{
    public static string Of(PresenceState state)
    {
        var availability = state.Availability ?? 0;
        if (state.Activity is { } activity && activity.AppliesTo(availability))
        {
            if (activity.Custom.Count > 0)
            {
                return activity.Custom[0].Text;
            }

            if (Of(activity.Token) is { } words)
            {
                return words;
            }
        }

        return OfAvailability(PresenceAvailabilities.ClassOf(availability));
    }

    private static string? Of(string? token) => token switch
    {
        PresenceActivityTokens.OnThePhone => "In a call",
        PresenceActivityTokens.InAConference => "In a conference call",
        PresenceActivityTokens.InAMeeting => "In a meeting",
        PresenceActivityTokens.OutOfOffice => "Out of office",
        PresenceActivityTokens.UrgentInterruptionsOnly => "Urgent interruptions only",
        PresenceActivityTokens.InPresentation => "Presenting",
        PresenceActivityTokens.OffWork => "Off work",
        PresenceActivityTokens.BeRightBack => "Be right back",
        PresenceActivityTokens.Away => "Away",
        PresenceActivityTokens.Busy => "Busy",
        PresenceActivityTokens.Idle or PresenceActivityTokens.Inactive => "Inactive",
        _ => null,
    };

    private static string OfAvailability(PresenceAvailabilityClass availability) => availability switch
    {
        PresenceAvailabilityClass.Available => "Available",
        PresenceAvailabilityClass.AvailableIdle => "Inactive",
        PresenceAvailabilityClass.Busy or PresenceAvailabilityClass.BusyIdle => "Busy",
        PresenceAvailabilityClass.DoNotDisturb => "Do not disturb",
        PresenceAvailabilityClass.BeRightBack => "Be right back",
        PresenceAvailabilityClass.Away => "Away",
        PresenceAvailabilityClass.Offline => "Offline",
        _ => "Presence unknown",
    };
}
