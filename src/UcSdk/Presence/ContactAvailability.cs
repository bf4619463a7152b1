namespace UcSdk;

/// <summary>
/// How available somebody is. The numbers are those that clients publish; other numbers on the wire mean what their range does ([MS-PRES] §3.7.5.5): what is read is always
/// one of these.
/// </summary>
public enum ContactAvailability
{
    /// <summary>Nothing is known. Published, it takes back what the user has chosen.</summary>
    None = 0,

    /// <summary>Available.</summary>
    Free = 3500,

    /// <summary>Available, but not using the computer.</summary>
    FreeIdle = 5000,

    /// <summary>Busy.</summary>
    Busy = 6500,

    /// <summary>Busy, and not using the computer.</summary>
    BusyIdle = 7500,

    /// <summary>Not to be disturbed.</summary>
    DoNotDisturb = 9500,

    /// <summary>Back soon.</summary>
    TemporarilyAway = 12500,

    /// <summary>Away.</summary>
    Away = 15500,

    /// <summary>Not signed in, or not to be seen.</summary>
    Offline = 18500,
}
