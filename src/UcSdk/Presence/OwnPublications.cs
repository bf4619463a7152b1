using UcSdk.Documents;

namespace UcSdk;

/// <summary>Makes publications of what a user or an endpoint tells ([MS-PRES] §2.2.2.7), in the containers where each belongs.</summary>
internal static class OwnPublications
{
    private static readonly uint[] Aggregated = [PresenceContainerIds.Aggregation, PresenceContainerIds.TeamAggregation];
    private static readonly uint[] Watched = [PresenceContainerIds.Company, PresenceContainerIds.Team, PresenceContainerIds.Personal];

    /// <summary>What the endpoint is and can do.</summary>
    public static IEnumerable<CategoryPublication> Device(PublicationInstances instances, string endpointId, string user, PresenceOptions options, TimeSpan utcOffset)
    {
        var device = new DeviceCapabilities(endpointId)
        {
            Capabilities = new PresenceCapabilities
            {
                Preferred = false,
                Uri = user,
                Items = ValueList.From(options.Capabilities.Select(name => new PresenceCapability(name) { Capture = true, Render = true, Publish = false })),
            },
            TimeZone = $"00:00:00{(utcOffset < TimeSpan.Zero ? '-' : '+')}{utcOffset:hh\\:mm}",
            MachineName = options.MachineName,
        };
        return
        [
            new CategoryPublication(PresenceCategoryNames.Device, instances.Device, PresenceContainerIds.Aggregation)
            {
                ExpireType = PresenceExpireType.Endpoint,
                Content = device.ToElement(),
            },
        ];
    }

    /// <summary>Whether the endpoint is used, and where it is.</summary>
    public static IEnumerable<CategoryPublication> Machine(PublicationInstances instances, UserActivity activity, string? location) => Publish(
        Aggregated,
        PresenceCategoryNames.State,
        instances.Machine,
        PresenceExpireType.Endpoint,
        new PresenceState(PresenceStateTypes.Machine)
        {
            Manual = false,
            Availability = activity switch
            {
                UserActivity.Inactive => PresenceAvailabilities.AvailableIdle,
                UserActivity.Away => PresenceAvailabilities.Away,
                _ => PresenceAvailabilities.Available,
            },
            EndpointLocation = location ?? "",
        }.ToElement());

    /// <summary>What the user has chosen; nothing takes it back.</summary>
    public static IEnumerable<CategoryPublication> User(PublishedState state, PresenceState? chosen) => chosen is null
        ? Remove(state, Aggregated, PresenceCategoryNames.State, PublicationInstances.User)
        : Publish(Aggregated, PresenceCategoryNames.State, PublicationInstances.User, PresenceExpireType.Static, chosen.ToElement());

    /// <summary>The user's note; nothing removes it.</summary>
    public static IEnumerable<CategoryPublication> Note(PublishedState state, PresenceNote? note) => note is null
        ? Remove(state, Watched, PresenceCategoryNames.Note, PublicationInstances.Note)
        : Publish(Watched, PresenceCategoryNames.Note, PublicationInstances.Note, PresenceExpireType.Static, note.ToElement());

    /// <summary>What is there under the name and instance, removed.</summary>
    public static IEnumerable<CategoryPublication> Remove(PublishedState state, IEnumerable<uint> containers, string category, uint instance) =>
        from container in containers
        where state.Find(new(category, instance, container)) is not null
        select new CategoryPublication(category, instance, container) { Expires = 0, ExpireType = PresenceExpireType.Static };

    private static IEnumerable<CategoryPublication> Publish(IEnumerable<uint> containers, string category, uint instance, PresenceExpireType life, DocumentElement content) =>
        containers.Select(container => new CategoryPublication(category, instance, container) { ExpireType = life, Content = content });
}
