namespace UcSdk.Documents;

/// <summary>The names of the categories that this floor knows ([MS-PRES] §2.2.2); others are carried as they come.</summary>
public static class PresenceCategoryNames
{
    /// <summary>Availability and activity; <see cref="PresenceState"/>.</summary>
    public const string State = "state";

    /// <summary>What the user says about itself; <see cref="PresenceNote"/>.</summary>
    public const string Note = "note";

    /// <summary>Names, numbers and addresses; <see cref="Documents.ContactCard"/>.</summary>
    public const string ContactCard = "contactCard";

    /// <summary>What one endpoint can do; <see cref="DeviceCapabilities"/>.</summary>
    public const string Device = "device";

    /// <summary>What the user can be reached by, over all endpoints; <see cref="ServiceCapabilities"/>.</summary>
    public const string Services = "services";

    /// <summary>When the user is free, and its working hours; <see cref="Documents.CalendarData"/>.</summary>
    public const string CalendarData = "calendarData";

    /// <summary>Telephony of the user, published by the server; <see cref="Documents.UserProperties"/>.</summary>
    public const string UserProperties = "userProperties";

    /// <summary>Where calls go; <see cref="CallRouting"/>.</summary>
    public const string Routing = "routing";

    /// <summary>Former notes.</summary>
    public const string NoteHistory = "noteHistory";

    /// <summary>What the user sees of its own client settings.</summary>
    public const string UserInformation = "userInformation";

    /// <summary>Who may interrupt; kept as a tree.</summary>
    public const string DndState = "dndState";

    /// <summary>What raises an alert; kept as a tree.</summary>
    public const string Alerts = "alerts";

    /// <summary>Remote call control; kept as a tree.</summary>
    public const string RccOptions = "rccOptions";

    /// <summary>Further client settings; kept as a tree.</summary>
    public const string OtherOptions = "otherOptions";

    /// <summary>Presence for clients of before categories; kept as a tree.</summary>
    public const string LegacyInterop = "legacyInterop";

    /// <summary>Working hours as before calendarData; kept as a tree.</summary>
    public const string WorkingHours = "workingHours";
}
