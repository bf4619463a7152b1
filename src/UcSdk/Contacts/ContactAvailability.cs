namespace UcSdk;

/// <summary>
/// How available somebody is; the numbers are those that clients publish ([MS-PRES] §3.7.5.5). Servers send others too, each of which is read as the member whose range it is
/// in (<see cref="ContactInformation.AvailabilityNumber"/> has the number itself).
/// </summary>
public enum ContactAvailability
{
    /// <summary>Nothing is known, or the number is below 3000. Published, it takes back what the user has chosen.</summary>
    None = 0,

    /// <summary>Available: 3000–4499.</summary>
    Free = 3500,

    /// <summary>Available, but idle: 4500–5999.</summary>
    FreeIdle = 5000,

    /// <summary>Busy: 6000–7499.</summary>
    Busy = 6500,

    /// <summary>Busy, and idle: 7500–8999.</summary>
    BusyIdle = 7500,

    /// <summary>Not to be disturbed: 9000–11999.</summary>
    DoNotDisturb = 9500,

    /// <summary>Will be right back: 12000–14999.</summary>
    TemporarilyAway = 12500,

    /// <summary>Away: 15000–17999.</summary>
    Away = 15500,

    /// <summary>Offline: 18000 and above.</summary>
    Offline = 18500,
}
