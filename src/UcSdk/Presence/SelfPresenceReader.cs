using UcSdk.Documents;

namespace UcSdk;

/// <summary>Reads what the user's own client shows out of what the server knows.</summary>
internal static class SelfPresenceReader
{
    /// <summary>The user's presence.</summary>
    /// <param name="state">What the server knows.</param>
    /// <param name="endpointId">This endpoint.</param>
    /// <param name="instances">The instances that this endpoint publishes.</param>
    public static SelfPresence Read(PublishedState state, string endpointId, PublicationInstances instances)
    {
        var states = state.Named(PresenceCategoryNames.State)
            .Where(category => category.Container == PresenceContainerIds.Aggregation)
            .Select(category => (Category: category, State: PresenceState.Of(category.Content)))
            .Where(one => one.State is not null)
            .ToList();
        var chosen = states.FirstOrDefault(one => one.State!.Type == PresenceStateTypes.User).State;
        var shown = PresenceState.Of(Shown(state, instances)?.Content);
        var notes = state.Named(PresenceCategoryNames.Note).OrderByDescending(category => category.PublishTime).Select(category => PresenceNote.Of(category.Content)).ToList();
        var activity = shown?.Activity is { } doing && doing.AppliesTo(shown.Availability ?? 0) ? doing : null;
        return new()
        {
            Availability = ContactAvailabilities.Of(shown?.Availability),
            AvailabilityNumber = shown?.Availability ?? 0,
            ChosenAvailability = ContactAvailabilities.Of(chosen?.Availability),
            ActivityId = activity?.Token,
            CustomActivities = activity?.Custom ?? [],
            PersonalNote = notes.Select(note => note?.Personal?.Text).FirstOrDefault(text => !string.IsNullOrEmpty(text)),
            OutOfOfficeNote = notes.Select(note => note?.OutOfOffice?.Text).FirstOrDefault(text => !string.IsNullOrEmpty(text)),
            LocationName = string.IsNullOrEmpty(shown?.EndpointLocation) ? null : shown.EndpointLocation,
            LastActive = shown?.LastActive,
            PhotoDisplayed = OwnCard.PhotoOf(state),
            Delegates = ValueList.From((state.Delegates?.Delegates ?? []).Select(one => new SelfDelegate("sip:" + WithoutScheme(one.Uri), one.MayPublish, one.MayRedelegate))),
            Endpoints = ReadEndpoints(state, states.Select(one => (one.Category.Instance ?? 0, one.State!)).ToList(), endpointId),
        };
    }

    /// <summary>The state that is shown: what the server made of all endpoints; of one that does not, what was chosen, or how this endpoint is used.</summary>
    public static PresenceCategory? Shown(PublishedState state, PublicationInstances instances)
    {
        var own = state.Named(PresenceCategoryNames.State).Where(category => category.Container == PresenceContainerIds.Aggregation).ToList();
        return OfType(PresenceStateTypes.Aggregate).OrderByDescending(category => category.PublishTime).FirstOrDefault()
            ?? OfType(PresenceStateTypes.User).FirstOrDefault()
            ?? own.FirstOrDefault(category => category.Instance == instances.Machine);

        IEnumerable<PresenceCategory> OfType(string type) => own.Where(category => PresenceState.Of(category.Content)?.Type == type);
    }

    /// <summary>Who watches the user.</summary>
    public static IEnumerable<Watcher> ReadWatchers(PublishedState state) => state.Subscribers.Select(subscriber => new Watcher(
        "sip:" + WithoutScheme(subscriber.User), subscriber.DisplayName, AccessScopes.Of(subscriber.Type), subscriber.Acknowledged ?? false));

    /// <summary>Who has which access level.</summary>
    public static IReadOnlyList<AccessEntry> ReadEntries(PublishedState state) =>
    [
        .. from container in state.Containers
           where Enum.IsDefined((AccessLevel)container.Id) && container.Id != 0
           from member in container.Members
           let scope = AccessScopes.Of(member.Type)
           where scope is not null
           select new AccessEntry(scope.Value, IdOf(scope.Value, member.Value), (AccessLevel)container.Id),
    ];

    private static string IdOf(AccessEntryScope scope, string? value) => scope switch
    {
        AccessEntryScope.User => "sip:" + WithoutScheme(value ?? ""),
        AccessEntryScope.Domain => value ?? "",
        _ => "",
    };

    private static ValueList<OwnEndpoint> ReadEndpoints(PublishedState state, List<(uint Instance, PresenceState State)> states, string endpointId)
    {
        var endpoints = new List<OwnEndpoint>();
        foreach (var category in state.Named(PresenceCategoryNames.Device))
        {
            if (DeviceCapabilities.Of(category.Content) is { } device)
            {
                // The states of an endpoint have the number of its device in them.
                var machine = ((category.Instance ?? 0) >> 4) | 0x30000000;
                var used = states.FirstOrDefault(one => one.Instance == machine && one.State.Type == PresenceStateTypes.Machine).State;
                endpoints.Add(new(
                    device.EndpointId,
                    device.EndpointId.Trim('{', '}').Equals(endpointId, StringComparison.OrdinalIgnoreCase),
                    device.MachineName,
                    ContactAvailabilities.Of(used?.Availability),
                    ValueList.From((device.Capabilities?.Items ?? []).Select(item => item.Name))));
            }
        }

        return ValueList.From(endpoints.OrderByDescending(endpoint => endpoint.IsThis).ThenBy(endpoint => endpoint.EndpointId, StringComparer.Ordinal));
    }

    internal static string WithoutScheme(string user) => user.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? user[4..] : user;
}
