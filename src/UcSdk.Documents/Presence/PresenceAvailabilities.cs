namespace UcSdk.Documents;

/// <summary>
/// The scale of availability ([MS-PRES] §3.7.5.5): a number from 0; the higher, the less available. Clients publish the numbers below and
/// read every number by the range that it is in.
/// </summary>
public static class PresenceAvailabilities
{
    /// <summary>Nothing is known; 0.</summary>
    public const uint None = 0;

    /// <summary>Available; 3500 of 3000–4499.</summary>
    public const uint Available = 3500;

    /// <summary>Available but idle; 5000 of 4500–5999.</summary>
    public const uint AvailableIdle = 5000;

    /// <summary>Busy; 6500 of 6000–7499.</summary>
    public const uint Busy = 6500;

    /// <summary>Busy and idle; 7500 of 7500–8999.</summary>
    public const uint BusyIdle = 7500;

    /// <summary>Do not disturb; 9500 of 9000–11999.</summary>
    public const uint DoNotDisturb = 9500;

    /// <summary>Be right back; 12500 of 12000–14999.</summary>
    public const uint BeRightBack = 12500;

    /// <summary>Away; 15500 of 15000–17999.</summary>
    public const uint Away = 15500;

    /// <summary>Offline; 18500 of 18000 and above.</summary>
    public const uint Offline = 18500;

    /// <summary>What the number means; below 3000 nothing is known.</summary>
    public static PresenceAvailabilityClass ClassOf(uint availability) => availability switch
    {
        < 3000 => PresenceAvailabilityClass.None,
        < 4500 => PresenceAvailabilityClass.Available,
        < 6000 => PresenceAvailabilityClass.AvailableIdle,
        < 7500 => PresenceAvailabilityClass.Busy,
        < 9000 => PresenceAvailabilityClass.BusyIdle,
        < 12000 => PresenceAvailabilityClass.DoNotDisturb,
        < 15000 => PresenceAvailabilityClass.BeRightBack,
        < 18000 => PresenceAvailabilityClass.Away,
        _ => PresenceAvailabilityClass.Offline,
    };

    /// <summary>The number that is published for the meaning.</summary>
    public static uint Of(PresenceAvailabilityClass meaning) => meaning switch
    {
        PresenceAvailabilityClass.Available => Available,
        PresenceAvailabilityClass.AvailableIdle => AvailableIdle,
        PresenceAvailabilityClass.Busy => Busy,
        PresenceAvailabilityClass.BusyIdle => BusyIdle,
        PresenceAvailabilityClass.DoNotDisturb => DoNotDisturb,
        PresenceAvailabilityClass.BeRightBack => BeRightBack,
        PresenceAvailabilityClass.Away => Away,
        PresenceAvailabilityClass.Offline => Offline,
        _ => None,
    };
}
