namespace UcSdk.Documents;

/// <summary>
/// A notification about several users: the list, and the parts that its instances name by content id (RFC 4662 §5.1, [MS-PRES] §3.4.5.1.3).
/// The framing as <c>multipart/related</c>, with <see cref="RootContentId"/> as start and the list's type as type, is its carrier's.
/// </summary>
/// <param name="List">Which part is about whom.</param>
public sealed record ResourceListNotification(ResourceList List)
{
    /// <summary>The content id of the list itself.</summary>
    public const string RootContentId = "resourceList";

    /// <summary>The parts beside the list.</summary>
    public ValueList<ResourceListPart> Parts { get; init; } = [];

    /// <summary>The part that holds the instance's state; null when the notification has none.</summary>
    public ResourceListPart? PartOf(ResourceInstance instance) => instance.ContentId is { } id ? Parts.FirstOrDefault(part => part.ContentId == Bare(id)) : null;

    /// <summary>The notification that tells the states of some users as categories.</summary>
    /// <param name="list">The watcher's list, with scheme.</param>
    /// <param name="version">The number of the notification.</param>
    /// <param name="fullState">Whether all users of the list are in it.</param>
    /// <param name="states">The users' categories.</param>
    /// <param name="others">Resources without state: ended, or to be subscribed to elsewhere.</param>
    public static ResourceListNotification Compose(
        string list,
        uint version,
        bool fullState,
        IEnumerable<PresenceCategories> states,
        params IEnumerable<ListedResource> others)
    {
        var resources = new List<ListedResource>();
        var parts = new List<ResourceListPart>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { RootContentId };
        foreach (var state in states)
        {
            var id = ContentIdOf(state.Uri);
            if (id.Length == 0 || !taken.Add(id))
            {
                id = $"{parts.Count}.{id}".TrimEnd('.');
                taken.Add(id);
            }

            resources.Add(new ListedResource(state.Uri) { Instances = [new ResourceInstance("0", ResourceInstanceStates.Active) { ContentId = id }] });
            parts.Add(new ResourceListPart(id, ContentTypes.Categories, state.ToBytes()));
        }

        resources.AddRange(others);
        return new ResourceListNotification(new ResourceList(list, version, fullState) { Resources = ValueList.From(resources) })
        {
            Parts = ValueList.From(parts),
        };
    }

    /// <summary>How many parts there are; never about whom.</summary>
    public override string ToString() => $"{List} with {Parts.Count} parts";

    // The address without its scheme, as servers do; what a content id cannot carry is left out.
    private static string ContentIdOf(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return string.Concat(uri.AsSpan(colon + 1).ToString().Where(character => char.IsAsciiLetterOrDigit(character) || "@.-_+!%=~".Contains(character)));
    }

    private static string Bare(string id)
    {
        id = id.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? id[4..] : id;
        return id is ['<', .. var inner, '>'] ? inner : id;
    }
}
