namespace UcSdk.Server;

/// <summary>What one conference may hold.</summary>
internal sealed record FocusLimits
{
    /// <summary>Users in the roster.</summary>
    public int MaxUsers { get; init; } = 250;

    /// <summary>Endpoints, focus and media together, of one user.</summary>
    public int MaxEndpointsPerUser { get; init; } = 16;

    /// <summary>Users who were let in beforehand.</summary>
    public int MaxListedUsers { get; init; } = 1000;
}
