using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// What the server knows of the user, as this endpoint was last told: publications with their versions, containers, watchers, delegates. Sans-IO: documents in, state out.
/// For each name of a category that a document speaks of it has all instances ([MS-PRES] §2.2.2, roamingData).
/// </summary>
internal sealed class PublishedState
{
    private readonly Dictionary<PublicationKey, PresenceCategory> _categories = [];
    private readonly Dictionary<PublicationKey, uint> _versions = [];
    private readonly Dictionary<uint, PresenceContainer> _containers = [];
    private readonly Dictionary<uint, uint> _toldContainers = [];
    private readonly Dictionary<string, PresenceSubscriber> _subscribers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The publications that there are.</summary>
    public IEnumerable<PresenceCategory> Categories => _categories.Values;

    public IEnumerable<PresenceContainer> Containers => _containers.Values;

    public IEnumerable<PresenceSubscriber> Subscribers => _subscribers.Values;

    /// <summary>Who may act for the user; null while the server has not said.</summary>
    public PresenceDelegates? Delegates { get; private set; }

    public IEnumerable<PresenceCategory> Named(string name) => _categories.Values.Where(category => category.Name == name);

    public PresenceCategory? Find(PublicationKey key) => _categories.GetValueOrDefault(key);

    /// <summary>The version that the next publication must name; 0 for a new one.</summary>
    public uint VersionOf(PublicationKey key) => _versions.GetValueOrDefault(key);

    /// <summary>The version that the next change of a container must name.</summary>
    public uint VersionOf(uint container) => _containers.TryGetValue(container, out var known) ? known.Version : 0;

    /// <summary>The version of a container that the server has told of last, whatever is known since.</summary>
    public uint ToldVersionOf(uint container) => _toldContainers.GetValueOrDefault(container);

    /// <summary>Forgets everything; what comes next is whole.</summary>
    public void Clear()
    {
        _categories.Clear();
        _versions.Clear();
        _containers.Clear();
        _toldContainers.Clear();
        _subscribers.Clear();
        Delegates = null;
    }

    /// <summary>Takes a notification, or the answer to a publication.</summary>
    public void Apply(RoamingSelf document)
    {
        ApplyCategories(document.Categories?.Categories ?? []);
        foreach (var container in document.Containers ?? [])
        {
            _containers[container.Id] = container;
            _toldContainers[container.Id] = container.Version;
        }

        foreach (var subscriber in document.Subscribers ?? [])
        {
            _subscribers[subscriber.User] = subscriber;
        }

        Delegates = document.Delegates ?? Delegates;
    }

    /// <summary>The server took a publication and did not say how it stands now.</summary>
    public void Assume(CategoryPublication publication)
    {
        var key = KeyOf(publication);
        if (publication.IsRemoval)
        {
            Remove(key);
            return;
        }

        _versions[key] = publication.Version + 1;
        _categories[key] = new PresenceCategory(publication.CategoryName)
        {
            Instance = publication.Instance,
            Container = publication.Container,
            Version = publication.Version + 1,
            ExpireType = publication.ExpireType,
            Content = publication.Content,
        };
    }

    /// <summary>The server took a change of containers, which it does not repeat in its answer.</summary>
    public void Assume(ContainerChange change)
    {
        var members = (_containers.GetValueOrDefault(change.Id)?.Members ?? []).ToList();
        foreach (var member in change.Members)
        {
            members.RemoveAll(other => IsSame(other, member.Member));
            if (member.Adds)
            {
                members.Add(member.Member);
            }
        }

        _containers[change.Id] = new PresenceContainer(change.Id) { Version = change.Version + 1, Members = ValueList.From(members) };
    }

    /// <summary>The server took an acknowledgement.</summary>
    public void Acknowledge(string user)
    {
        if (_subscribers.TryGetValue(user, out var subscriber))
        {
            _subscribers[user] = subscriber with { Acknowledged = true };
        }
    }

    /// <summary>A refusal said which version there is.</summary>
    public void Learn(PublicationKey key, uint version) => _versions[key] = version;

    /// <summary>A refusal said which version a container has.</summary>
    public void Learn(uint container, uint version) =>
        _containers[container] = (_containers.GetValueOrDefault(container) ?? new PresenceContainer(container)) with { Version = version };

    public static PublicationKey KeyOf(CategoryPublication publication) => new(publication.CategoryName, publication.Instance, publication.Container);

    public static bool IsSame(ContainerMember one, ContainerMember other) =>
        one.Type == other.Type && string.Equals(one.Value ?? "", other.Value ?? "", StringComparison.OrdinalIgnoreCase);

    private void ApplyCategories(ValueList<PresenceCategory> categories)
    {
        // What the server does not list under a name that it speaks of is gone, but for what it cannot have known yet: an answer may overtake a notification.
        foreach (var name in categories.Where(IsWhole).Select(category => category.Name).Distinct().ToList())
        {
            var listed = categories.Where(category => category.Name == name && category.Instance is not null).Select(KeyOf).ToHashSet();
            foreach (var key in _categories.Keys.Where(key => key.Category == name && !listed.Contains(key)).ToList())
            {
                Remove(key);
            }
        }

        foreach (var category in categories)
        {
            if (category.Instance is null)
            {
                RemoveAll(category.Name, category.Container);
            }
            else if (category is { Content: null, Version: null })
            {
                Remove(KeyOf(category));
            }
            else if (category.Version is not { } version || version >= VersionOf(KeyOf(category)))
            {
                _categories[KeyOf(category)] = category;
                _versions[KeyOf(category)] = category.Version ?? 0;
            }
        }
    }

    // A removal speaks of what it removes only.
    private static bool IsWhole(PresenceCategory category) => category is { Instance: not null } and not { Content: null, Version: null };

    private void RemoveAll(string name, uint? container)
    {
        foreach (var key in _categories.Keys.Where(key => key.Category == name && (container is null || key.Container == container)).ToList())
        {
            Remove(key);
        }
    }

    private void Remove(PublicationKey key)
    {
        _categories.Remove(key);
        _versions.Remove(key);
    }

    private static PublicationKey KeyOf(PresenceCategory category) => new(category.Name, category.Instance ?? 0, category.Container ?? 0);
}
