namespace UcSdk.Server;

/// <summary>What the server's conferences may take.</summary>
public sealed record ConferenceLimits
{
    /// <summary>Conferences of one organizer that exist at once; default 100. One more is answered with the C3P reason policyViolation.</summary>
    public int MaxConferencesPerOrganizer { get; init; } = 100;

    /// <summary>Users in one conference; default 250. One more is answered 480.</summary>
    public int MaxUsers { get; init; } = 250;

    /// <summary>Endpoints of one user in one conference, roster and media together; default 16. One more is answered 480.</summary>
    public int MaxEndpointsPerUser { get; init; } = 16;

    /// <summary>Roster subscriptions of one endpoint to one conference; default 8. One more is answered 480.</summary>
    public int MaxSubscriptionsPerEndpoint { get; init; } = 8;

    /// <summary>Users let into one conference beforehand; default 1000. One more is answered with the C3P reason policyViolation.</summary>
    public int MaxListedUsers { get; init; } = 1000;

    /// <summary>Bytes in the body of one instant message; default 65,536. One more is answered 413.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Instant messages that wait for one endpoint, beside the one that it has not answered yet; default 64. One more is reported as not delivered to it (503), and
    /// delays nobody else.
    /// </summary>
    public int MaxWaitingMessages { get; init; } = 64;

    /// <summary>Users whom the IM MCU of one conference calls at the same time; default 16. One more is answered with the C3P reason policyViolation.</summary>
    public int MaxDialOuts { get; init; } = 16;

    /// <summary>How long somebody whom the IM MCU calls may take to accept; default 30 s, more than zero. Then the presenter is told that it failed.</summary>
    public TimeSpan DialOutTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxDialOuts, nameof(MaxDialOuts));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DialOutTimeout, TimeSpan.Zero, nameof(DialOutTimeout));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxConferencesPerOrganizer, nameof(MaxConferencesPerOrganizer));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUsers, nameof(MaxUsers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEndpointsPerUser, nameof(MaxEndpointsPerUser));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSubscriptionsPerEndpoint, nameof(MaxSubscriptionsPerEndpoint));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxListedUsers, nameof(MaxListedUsers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessageBytes, nameof(MaxMessageBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxWaitingMessages, nameof(MaxWaitingMessages));
    }
}
