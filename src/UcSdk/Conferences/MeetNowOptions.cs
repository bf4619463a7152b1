namespace UcSdk;

/// <summary>What a new conference is to be.</summary>
public sealed record MeetNowOptions
{
    /// <summary>Its subject; default none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Who may join; default <see cref="ConferenceAccessType.Open"/>. <see cref="ConferenceAccessType.Locked"/> and Unknown are no choice.</summary>
    public ConferenceAccessType AccessType { get; init; } = ConferenceAccessType.Open;

    /// <summary>How long the server keeps it, from now; default 8 hours, more than zero.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(8);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Lifetime, TimeSpan.Zero);
        if (AccessType is not (ConferenceAccessType.Open or ConferenceAccessType.Closed or ConferenceAccessType.Anonymous))
        {
            throw new ArgumentOutOfRangeException(nameof(AccessType), AccessType, "A conference is made Open, Closed or Anonymous.");
        }
    }
}
