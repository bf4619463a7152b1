using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The documents that watchers of one user are told, by container and wanted categories: made when first asked for, and given to everybody who is shown the same until
/// something changes.
/// </summary>
internal sealed class PresenceViews(Presentity presentity)
{
    private readonly Dictionary<(uint Container, string Wanted, string Uri), byte[]> _made = [];

    /// <summary>How many documents are kept, for tests and measures.</summary>
    public int Count => _made.Count;

    /// <summary>The document.</summary>
    /// <param name="container">What is shown.</param>
    /// <param name="wanted">The categories to be told of; of one without a publication an empty element says so.</param>
    /// <param name="uri">The user, as the watcher calls it.</param>
    public byte[] Of(uint container, CategorySet wanted, string uri)
    {
        var key = (container, wanted.Text, uri);
        if (!_made.TryGetValue(key, out var document))
        {
            document = Describe(container, wanted, uri).ToBytes();
            _made.Add(key, document);
        }

        return document;
    }

    /// <summary>What a watcher is shown now.</summary>
    public PresenceCategories Describe(uint container, CategorySet wanted, string uri) => new(uri)
    {
        Categories = ValueList.From(wanted.Names.SelectMany(name => Shown(container, name))),
    };

    /// <summary>The same for plain SIP clients (RFC 3863).</summary>
    public byte[] PidfOf(uint container, string uri)
    {
        var key = (container, PidfView.Key, uri);
        if (!_made.TryGetValue(key, out var document))
        {
            document = PidfView.Of(Describe(container, PidfView.Categories, uri)).ToBytes();
            _made.Add(key, document);
        }

        return document;
    }

    public void Forget() => _made.Clear();

    private List<PresenceCategory> Shown(uint container, string name)
    {
        var shown = presentity.Publications
            .Where(publication => publication.Key.Category == name && (publication.Key.Container == container || publication.Key.IsShownToAll))
            .OrderBy(publication => publication.Key.Instance)
            .Select(publication => publication.ToWatcher())
            .ToList();
        if (container == PresenceContainerIds.Blocked)
        {
            shown = [.. shown.Select(Reduce)];
            if (name == PresenceCategoryNames.State)
            {
                // Whether and since when somebody is there is what the blocked must not learn: they get the same whatever happens.
                shown = [new(name) { Instance = AggregatedPresence.StateInstance, Content = AggregatedPresence.Aggregate([], isSignedIn: false) }];
            }
        }

        return shown.Count == 0 ? [new PresenceCategory(name)] : shown;
    }

    private static PresenceCategory Reduce(PresenceCategory category) =>
        category is { Name: PresenceCategoryNames.ContactCard, Content: { } card } ? category with { Content = DirectoryCards.LeastCardOf(card) } : category;
}
