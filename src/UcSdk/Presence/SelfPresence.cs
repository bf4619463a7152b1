using UcSdk.Documents;

namespace UcSdk;

/// <summary>The user's own presence at one moment: what the server made of all endpoints, and what the user has chosen.</summary>
public sealed record SelfPresence
{
    internal static readonly SelfPresence Unknown = new();

    /// <summary>How available the user is, as others see it who may see everything.</summary>
    public ContactAvailability Availability { get; init; }

    /// <summary>The same as the number of the wire; 0 while nothing is known.</summary>
    public uint AvailabilityNumber { get; init; }

    /// <summary>What the user has chosen; <see cref="ContactAvailability.None"/> when the server computes it.</summary>
    public ContactAvailability ChosenAvailability { get; init; }

    /// <summary>The token of the activity, e.g. <c>on-the-phone</c>; null when there is none.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The activity in words; none when there are none.</summary>
    public ValueList<CustomActivity> CustomActivities { get; init; } = [];

    /// <summary>The user's note; null when there is none.</summary>
    public string? PersonalNote { get; init; }

    /// <summary>The note that the calendar makes while the user is out of office; null when there is none.</summary>
    public string? OutOfOfficeNote { get; init; }

    /// <summary>Where the user is; null when not said.</summary>
    public string? LocationName { get; init; }

    /// <summary>When the user was last active; null when not said.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Who may act for the user, as the server keeps it; who rings for the user is in <see cref="CallForwardingSettings.Delegates"/>.</summary>
    public ValueList<SelfDelegate> Delegates { get; init; } = [];

    /// <summary>Which photo of the user others may see, as the user has chosen.</summary>
    public PhotoSetting PhotoDisplayed { get; init; } = PhotoSetting.Default;

    /// <summary>The user's endpoints that tell of themselves, this one first.</summary>
    public ValueList<OwnEndpoint> Endpoints { get; init; } = [];

    /// <summary>Availability and the number of endpoints; never words.</summary>
    public override string ToString() => $"{Availability} ({AvailabilityNumber}), {Endpoints.Count} endpoints";
}
