namespace UcSdk;

/// <summary>What users can publish about themselves (<see cref="Self.PublishContactInformationAsync"/>), and as what.</summary>
public enum PublishableContactInformationType
{
    /// <summary>A <see cref="ContactAvailability"/>, but for the two idle ones; <see cref="ContactAvailability.None"/> or null takes back what was chosen.</summary>
    Availability = 0,

    /// <summary>The token of an activity, e.g. <c>off-work</c> (<see cref="UcSdk.Documents.PresenceActivityTokens"/>); null for none.</summary>
    ActivityId = 1,

    /// <summary>The id of a custom activity (<see cref="CustomAvailabilityState.Id"/>), a number, which brings its own availability; null for none.</summary>
    CustomActivityId = 2,

    /// <summary>Where the user is, in words; null or empty for nowhere.</summary>
    LocationName = 3,

    /// <summary>The note of the user: words, or a <see cref="UcSdk.Documents.PresenceNote"/> for several bodies and times; null or empty removes it.</summary>
    PersonalNote = 4,

    /// <summary>A <see cref="PhotoSetting"/>: which photo others see.</summary>
    DisplayPhoto = 5,

    /// <summary>The address of a photo, <c>https</c> or <c>http</c>; null or empty removes it.</summary>
    PhotoUrl = 6,
}
