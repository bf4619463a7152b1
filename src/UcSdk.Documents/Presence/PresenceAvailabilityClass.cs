namespace UcSdk.Documents;

/// <summary>What a range of availabilities means to people ([MS-PRES] §3.7.5.5).</summary>
public enum PresenceAvailabilityClass
{
    /// <summary>Nothing is known.</summary>
    None,

    /// <summary>At hand.</summary>
    Available,

    /// <summary>At hand, but not using the endpoint.</summary>
    AvailableIdle,

    /// <summary>Busy.</summary>
    Busy,

    /// <summary>Busy, and not using the endpoint.</summary>
    BusyIdle,

    /// <summary>Not to be disturbed.</summary>
    DoNotDisturb,

    /// <summary>Back soon.</summary>
    BeRightBack,

    /// <summary>Away.</summary>
    Away,

    /// <summary>Not signed in, or not to be seen.</summary>
    Offline,
}
