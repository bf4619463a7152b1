using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>A publication as the server keeps it.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Version">How often it was published, from 1.</param>
/// <param name="Time">When it was published last, by the server's clock.</param>
internal sealed record StoredPublication(PublicationKey Key, uint Version, DateTimeOffset Time)
{
    public PresenceExpireType ExpireType { get; init; }

    /// <summary>The instance of the endpoint that published it; null for what the server made.</summary>
    public string? Endpoint { get; init; }

    /// <summary>When it ends by itself; null for what does not.</summary>
    public Timestamp? Due { get; init; }

    /// <summary>What was published, as it came; null for nothing.</summary>
    public DocumentElement? Content { get; init; }

    /// <summary>The publication as its owner sees it.</summary>
    public PresenceCategory ToOwner(Timestamp now) => ToWatcher() with
    {
        Container = Key.Container,
        Version = Version,
        ExpireType = ExpireType,
        EndpointId = ExpireType == PresenceExpireType.Endpoint ? Endpoint : null,
        Expires = Due is { } due ? (uint)Math.Max(0, (due - now).TotalSeconds) : null,
    };

    /// <summary>The publication as watchers see it: where it lies and how old it is are the owner's affair.</summary>
    public PresenceCategory ToWatcher() => new(Key.Category) { Instance = Key.Instance, PublishTime = Time, Content = Content };
}
