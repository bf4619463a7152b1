using UcSdk.Documents;

namespace UcSdk;

/// <summary>When a user is to be disturbed. A function of presence and access level; nothing of it is on the wire.</summary>
internal static class AlertPolicy
{
    private static readonly AlertLevel Silent = new(NotificationEnabled: false, AlertPrivacyType.High, AlertModeTypes.None);

    public static AlertLevel Of(SelfPresence presence, AccessLevel sender, NotificationTypes types, NotificationUrgencyType urgency)
    {
        if (sender == AccessLevel.Blocked)
        {
            return Silent;
        }

        // Who presents has others looking at the screen.
        var privacy = presence.ActivityId == PresenceActivityTokens.InPresentation ? AlertPrivacyType.High : AlertPrivacyType.Neutral;
        if (presence.Availability != ContactAvailability.DoNotDisturb)
        {
            return new(NotificationEnabled: true, privacy, AlertModeTypes.Any);
        }

        // [MS-PRES] §1.3: the workgroup may break through; "urgent interruptions only" says of itself what else may.
        var isUrgent = presence.ActivityId == PresenceActivityTokens.UrgentInterruptionsOnly && urgency == NotificationUrgencyType.High;
        var isCall = (types & (NotificationTypes.Audio | NotificationTypes.Video)) != 0;
        return sender == AccessLevel.Workgroup || isUrgent ? new(NotificationEnabled: true, privacy, isCall ? AlertModeTypes.Any : AlertModeTypes.Visual) : Silent;
    }
}
