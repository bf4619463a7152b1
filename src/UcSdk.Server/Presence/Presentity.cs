using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The presence of one user ([MS-PRES] §3.8): publications with versions, what the server makes of them, containers, and who wants to watch. Sans-IO: requests, endpoints
/// and the time in; changes out.
/// </summary>
/// <param name="address">The address of record, with scheme.</param>
/// <param name="user">The user, as the directory has it now.</param>
/// <param name="limits">What it may take.</param>
internal sealed class Presentity(string address, Func<UcServerUser> user, PresenceLimits limits)
{
    private readonly Dictionary<PublicationKey, StoredPublication> _publications = [];
    private readonly HashSet<string> _endpoints = new(StringComparer.Ordinal);
    private readonly List<PresenceSubscriber> _subscribers = [];

    public string Address { get; } = address;

    public ContainerMemberships Memberships { get; } = new(limits);

    public IEnumerable<StoredPublication> Publications => _publications.Values;

    public ValueList<PresenceSubscriber> Subscribers => ValueList.From(_subscribers);

    /// <summary>What watchers are told, made once for all who are shown the same.</summary>
    public PresenceViews Views => field ??= new(this);

    /// <summary>Where the watcher falls; who is nowhere is shown no more than who is blocked, and users see themselves as friends do.</summary>
    public uint ContainerOf(Watcher watcher) =>
        Watcher.OfEnterprise(Address).Address.Equals(watcher.Address, StringComparison.OrdinalIgnoreCase)
            ? PresenceContainerIds.Personal
            : Memberships.ContainerOf(watcher) ?? PresenceContainerIds.Blocked;

    /// <summary>Takes a request to publish: all of it or nothing.</summary>
    /// <param name="requests">What is published.</param>
    /// <param name="endpoint">The instance of the endpoint that publishes.</param>
    /// <param name="now">The time.</param>
    /// <param name="wallNow">The time for people.</param>
    /// <param name="change">Takes what has changed.</param>
    /// <param name="refusal">Why nothing was changed.</param>
    public bool TryPublish(
        IReadOnlyList<PublicationRequest> requests, string endpoint, Timestamp now, DateTimeOffset wallNow, PresenceChange change, out ServerAnswer refusal)
    {
        refusal = Refuse(requests)!;
        if (refusal is not null)
        {
            return false;
        }

        foreach (var request in requests)
        {
            Set(request.Key, request.IsRemoval ? null : Store(request, endpoint, now, wallNow), change);
        }

        Remake(wallNow, change);
        return true;
    }

    /// <summary>Puts a publication of the server's own in its place, or takes it away.</summary>
    public void Put(PublicationKey key, DocumentElement? content, DateTimeOffset wallNow, PresenceChange change, PresenceExpireType life = PresenceExpireType.User)
    {
        var before = _publications.GetValueOrDefault(key);
        if (before is null ? content is not null : !Equals(before.Content, content))
        {
            Set(key, content is null ? null : new StoredPublication(key, (before?.Version ?? 0) + 1, wallNow) { ExpireType = life, Content = content }, change);
        }
    }

    /// <summary>Takes in what a store has kept.</summary>
    public void Restore(StoredPublication publication) => _publications[publication.Key] = publication;

    /// <summary>Takes in what a store has kept.</summary>
    public void Restore(IEnumerable<PresenceSubscriber> subscribers) => _subscribers.AddRange(subscribers);

    /// <summary>The user has an endpoint, perhaps another one.</summary>
    public void AddEndpoint(string endpoint, DateTimeOffset wallNow, PresenceChange change)
    {
        if (_endpoints.Add(endpoint))
        {
            Remake(wallNow, change);
        }
    }

    /// <summary>An endpoint is gone, and with it what it has published for as long as it is there; with the last one, what holds while the user is there.</summary>
    public void RemoveEndpoint(string endpoint, DateTimeOffset wallNow, PresenceChange change)
    {
        if (!_endpoints.Remove(endpoint))
        {
            return;
        }

        RemoveWhere(
            publication => (publication.ExpireType == PresenceExpireType.Endpoint && publication.Endpoint == endpoint)
                || (publication.ExpireType == PresenceExpireType.User && publication.Endpoint is not null && _endpoints.Count == 0),
            change);
        Remake(wallNow, change);
    }

    /// <summary>Ends a publication whose time is over; one that was published again since lives on.</summary>
    public void Expire(PublicationKey key, Timestamp now, DateTimeOffset wallNow, PresenceChange change)
    {
        if (_publications.TryGetValue(key, out var publication) && publication.Due <= now)
        {
            Set(key, null, change);
            Remake(wallNow, change);
        }
    }

    /// <summary>Changes members of containers: all of it or nothing.</summary>
    public bool TryChangeMembers(IReadOnlyList<ContainerChange> changes, PresenceChange change, out ServerAnswer refusal)
    {
        if (!Memberships.TryChange(changes, out refusal))
        {
            return false;
        }

        change.ChangedContainers.UnionWith(changes.Select(container => container.Id));
        return true;
    }

    /// <summary>Somebody has just made the user its contact: the user is to be told, unless it knows already.</summary>
    public void Introduce(PresenceSubscriber subscriber, PresenceChange change)
    {
        if (_subscribers.Exists(known => IsSame(known, subscriber)))
        {
            return;
        }

        if (_subscribers.Count >= limits.MaxSubscribers)
        {
            _subscribers.RemoveAt(0);
        }

        _subscribers.Add(subscriber);
        change.Subscribers = true;
    }

    /// <summary>The user knows of watchers, or wants to be asked again.</summary>
    public void SetSubscribers(IEnumerable<PresenceSubscriber> subscribers, PresenceChange change)
    {
        foreach (var wanted in subscribers)
        {
            var index = _subscribers.FindIndex(known => IsSame(known, wanted));
            if (index >= 0 && _subscribers[index].Acknowledged != wanted.Acknowledged)
            {
                _subscribers[index] = _subscribers[index] with { Acknowledged = wanted.Acknowledged };
                change.Subscribers = true;
            }
        }
    }

    /// <summary>Makes anew what follows from publications, endpoints and the directory.</summary>
    public void Remake(DateTimeOffset wallNow, PresenceChange change)
    {
        Put(new(PresenceCategoryNames.ContactCard, 0, PresenceContainerIds.Settings), DirectoryCards.CardOf(user(), Address), wallNow, change, PresenceExpireType.Static);
        Put(new(PresenceCategoryNames.UserProperties, 0, PresenceContainerIds.Self), DirectoryCards.PropertiesOf(user()), wallNow, change, PresenceExpireType.Static);
        IReadOnlyList<ReportedState> first = [];
        foreach (var (from, to) in PresenceNames.Aggregations)
        {
            IReadOnlyList<ReportedState> states = StatesIn(from);
            // Who publishes for colleagues only says the same to the team.
            states = states.Count == 0 ? first : states;
            first = first.Count == 0 ? states : first;
            var state = AggregatedPresence.Aggregate(states, _endpoints.Count > 0);
            foreach (var container in to)
            {
                Put(new(PresenceCategoryNames.State, AggregatedPresence.StateInstance, container), state, wallNow, change);
            }

            Put(new(PresenceCategoryNames.State, AggregatedPresence.MachineInstance, from), AggregatedPresence.AggregateMachine(states), wallNow, change);
        }

        var devices = _publications.Values.Where(publication => publication.Key is { Category: PresenceCategoryNames.Device, Container: PresenceContainerIds.Aggregation });
        var services = AggregatedServices.Aggregate(Address, devices, first);
        foreach (var container in PresenceNames.Shown)
        {
            Put(new(PresenceCategoryNames.Services, 0, container), services, wallNow, change);
        }
    }

    private static bool IsSame(PresenceSubscriber one, PresenceSubscriber other) =>
        PresenceNames.WithoutScheme(one.User).Equals(PresenceNames.WithoutScheme(other.User), StringComparison.OrdinalIgnoreCase);

    private static StoredPublication Store(PublicationRequest request, string endpoint, Timestamp now, DateTimeOffset wallNow) => new(request.Key, request.Version + 1, wallNow)
    {
        ExpireType = request.ExpireType,
        Endpoint = endpoint,
        Due = request.ExpireType == PresenceExpireType.Time ? now + request.Expires!.Value : null,
        Content = request.Content,
    };

    private List<ReportedState> StatesIn(uint container)
    {
        var states = new List<ReportedState>();
        foreach (var publication in _publications.Values)
        {
            if (publication.Key.Category == PresenceCategoryNames.State && publication.Key.Container == container && !publication.Key.IsServerMade
                && ReportedState.TryRead(publication, out var state))
            {
                states.Add(state);
            }
        }

        return states;
    }

    private ServerAnswer? Refuse(IReadOnlyList<PublicationRequest> requests)
    {
        var keys = new HashSet<PublicationKey>();
        var conflicts = new List<PresenceFaultOperation>();
        for (var index = 0; index < requests.Count; index++)
        {
            var request = requests[index];
            if (request.Key.IsServerMade)
            {
                return PresenceRefusals.ServerMade;
            }

            if (!keys.Add(request.Key))
            {
                return PresenceRefusals.PublishedTwice;
            }

            if (request.ExpireType == PresenceExpireType.Time && request.Expires is null)
            {
                return PresenceRefusals.Unreadable;
            }

            var current = _publications.GetValueOrDefault(request.Key)?.Version ?? 0;
            if (request.Version != current)
            {
                conflicts.Add(new((uint)index + 1) { Version = request.Version, CurrentVersion = current });
            }
        }

        if (conflicts.Count > 0)
        {
            return PresenceRefusals.Conflict(conflicts, ServerDiagnostics.PublicationVersion);
        }

        var own = _publications.Keys.Count(key => !key.IsServerMade);
        var added = requests.Sum(request => (request.IsRemoval ? 0 : 1) - (_publications.ContainsKey(request.Key) ? 1 : 0));
        return added > 0 && own + added > limits.MaxPublications ? PresenceRefusals.TooManyPublications : null;
    }

    private void RemoveWhere(Func<StoredPublication, bool> matches, PresenceChange change)
    {
        foreach (var publication in _publications.Values.Where(matches).ToArray())
        {
            Set(publication.Key, null, change);
        }
    }

    private void Set(PublicationKey key, StoredPublication? after, PresenceChange change)
    {
        var before = _publications.GetValueOrDefault(key);
        if (after is not null)
        {
            _publications[key] = after;
        }
        else if (!_publications.Remove(key))
        {
            return;
        }

        change.Note(before, after);
        Views.Forget();
    }
}
