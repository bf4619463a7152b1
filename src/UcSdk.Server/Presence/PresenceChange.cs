using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What one step has changed about one user: what its endpoints are told, and which watchers have news.</summary>
internal sealed class PresenceChange(Presentity presentity)
{
    private readonly HashSet<(string Category, uint Container)> _shown = [];
    private readonly HashSet<PublicationKey> _wereStatic = [];
    private bool _isCardNew;
    private bool _isLeastCardNew;

    public Presentity Presentity { get; } = presentity;

    /// <summary>The categories of which the owner has something to learn, if only a version.</summary>
    public HashSet<string> Categories { get; } = new(StringComparer.Ordinal);

    /// <summary>What publications have become; null for those that are gone.</summary>
    public Dictionary<PublicationKey, StoredPublication?> Publications { get; } = [];

    /// <summary>The containers that have changed.</summary>
    public HashSet<uint> ChangedContainers { get; } = [];

    /// <summary>Members of containers have changed, and so perhaps what whom is shown.</summary>
    public bool Containers => ChangedContainers.Count > 0;

    /// <summary>Who watches has changed, or is acknowledged.</summary>
    public bool Subscribers { get; set; }

    public bool IsEmpty => Categories.Count == 0 && !Containers && !Subscribers;

    /// <summary>Whether there was a publication that was to last.</summary>
    public bool WasKept(PublicationKey key) => _wereStatic.Contains(key);

    /// <summary>Notes that a publication has come, changed or gone.</summary>
    public void Note(StoredPublication? before, StoredPublication? after)
    {
        var key = (after ?? before)!.Key;
        Categories.Add(key.Category);
        Publications[key] = after;
        if (before is { ExpireType: PresenceExpireType.Static })
        {
            _wereStatic.Add(key);
        }

        // Another version of the same is nothing to watchers.
        if (before is not null && after is not null && Equals(before.Content, after.Content))
        {
            return;
        }

        if (key.IsShownToAll)
        {
            _isCardNew = true;
            _isLeastCardNew |= !Equals(DirectoryCards.LeastCardOf(before?.Content), DirectoryCards.LeastCardOf(after?.Content));
        }
        else
        {
            _shown.Add((key.Category, key.Container));
        }
    }

    /// <summary>Whether those who are shown a container have something to learn of the category.</summary>
    public bool IsShown(string category, uint container) =>
        _shown.Contains((category, container))
        || (category == PresenceCategoryNames.ContactCard && (container == PresenceContainerIds.Blocked ? _isLeastCardNew : _isCardNew));
}
