namespace UcSdk;

/// <summary>Whether the user uses this endpoint, as it publishes it (machineState, [MS-PRES] §2.2.2.7).</summary>
public enum UserActivity
{
    /// <summary>Lately; 3500.</summary>
    Active,

    /// <summary>Not for <see cref="PresenceOptions.InactiveAfter"/>; 5000.</summary>
    Inactive,

    /// <summary>Not for <see cref="PresenceOptions.AwayAfter"/> more; 15500.</summary>
    Away,
}
