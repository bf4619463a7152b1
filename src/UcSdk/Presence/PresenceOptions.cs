using UcSdk.Documents;

namespace UcSdk;

/// <summary>What a client tells of its user by itself.</summary>
public sealed record PresenceOptions
{
    /// <summary>What the client is by default.</summary>
    public static readonly PresenceOptions Default = new();

    /// <summary>Whether the client publishes anything at sign-in, and keeps its own presence; default true. Without it <see cref="Self"/> cannot publish.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What the user is from sign-in on; default null: what was last chosen, at whatever endpoint, stays, and without a choice the server computes it.</summary>
    public ContactAvailability? SignInAsAvailability { get; init; }

    /// <summary>Tells when the user does something; default null: the user counts as active until <see cref="Self.ReportActivityAsync"/> was called once.</summary>
    public IUserActivitySource? ActivitySource { get; init; }

    /// <summary>How long the user may do nothing before it counts as inactive; default 5 min, more than zero.</summary>
    public TimeSpan InactiveAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much longer until it counts as away; default 15 min, more than zero.</summary>
    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether the client acknowledges new watchers by itself, so that the server does not tell them again; default false: it is for the application
    /// (<see cref="Self.AcknowledgeWatcherAsync"/>).
    /// </summary>
    public bool AcknowledgesWatchers { get; init; }

    /// <summary>The name of this computer, which the user's other endpoints see; default null: it is not told.</summary>
    public string? MachineName { get; init; }

    /// <summary>What this endpoint can do, which others see: names of <see cref="PresenceCapabilityNames"/>. Default instant messages and calls.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [PresenceCapabilityNames.Text, PresenceCapabilityNames.Voice];

    /// <summary>The custom activities that users may choose, where the application knows them; see <see cref="Self.GetPublishableCustomAvailabilityStates"/>. Default none.</summary>
    public IReadOnlyList<CustomAvailabilityState> CustomStates { get; init; } = [];

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InactiveAfter, TimeSpan.Zero, nameof(InactiveAfter));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AwayAfter, TimeSpan.Zero, nameof(AwayAfter));
        ArgumentNullException.ThrowIfNull(Capabilities);
        ArgumentNullException.ThrowIfNull(CustomStates);
        if (SignInAsAvailability is { } availability)
        {
            ContactAvailabilities.RequirePublishable(availability, nameof(SignInAsAvailability));
        }
    }
}
