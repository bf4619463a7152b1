namespace UcSdk.Server;

/// <summary>What presence may take in the server. Each limit is inclusive.</summary>
public sealed record PresenceLimits
{
    /// <summary>Publications of one user, over all categories, instances and containers; one more is refused with 480. Default 1000, at least 1.</summary>
    public int MaxPublications { get; init; } = 1000;

    /// <summary>Bytes of one request to publish, which bounds each publication too; a longer one is refused with 413. Default 64 KiB, at least 1.</summary>
    public int MaxPublicationBytes { get; init; } = 64 * 1024;

    /// <summary>Containers of one user; one more is refused with 480. Default 64, at least 1.</summary>
    public int MaxContainers { get; init; } = 64;

    /// <summary>Members of all containers of one user together; one more is refused with 480. Default 4000, at least 1.</summary>
    public int MaxMembers { get; init; } = 4000;

    /// <summary>Watchers whom one user has been told of; the oldest makes room for one more. Default 1000, at least 1.</summary>
    public int MaxSubscribers { get; init; } = 1000;

    /// <summary>Users watched by one subscription; a request for more is refused with 480. Default 1000, at least 1.</summary>
    public int MaxResources { get; init; } = 1000;

    /// <summary>
    /// Presence subscriptions of one endpoint, those to its own presence included. For one more, the oldest to the same gives way, as one that the endpoint has
    /// forgotten; where there is none it is refused with 480. Default 32, at least 1.
    /// </summary>
    public int MaxSubscriptionsPerEndpoint { get; init; } = 32;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPublications, nameof(MaxPublications));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPublicationBytes, nameof(MaxPublicationBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxContainers, nameof(MaxContainers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMembers, nameof(MaxMembers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSubscribers, nameof(MaxSubscribers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxResources, nameof(MaxResources));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSubscriptionsPerEndpoint, nameof(MaxSubscriptionsPerEndpoint));
    }
}
