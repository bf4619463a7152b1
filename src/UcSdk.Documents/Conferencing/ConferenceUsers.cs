namespace UcSdk.Documents;

/// <summary>The participants of a conference, or those of them that changed (RFC 4575 §5.5).</summary>
public sealed record ConferenceUsers : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>How many participants there are in all, where the server does not list everybody; null when not said.</summary>
    public uint? ParticipantCount { get; init; }

    /// <summary>The participants.</summary>
    public ValueList<ConferenceUser> Users { get; init; } = [];

    /// <summary>The participant with the URI, compared ignoring case; null when there is none.</summary>
    public ConferenceUser? Find(string entity) => Users.FirstOrDefault(user => user.Entity.Equals(entity, StringComparison.OrdinalIgnoreCase));

    internal Dictionary<string, ConferenceUser> ByEntity()
    {
        var index = new Dictionary<string, ConferenceUser>(Users.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var user in Users)
        {
            index[user.Entity] = user;
        }

        return index;
    }

    internal static ConferenceUsers Read(DocumentElement element, DocumentScope scope) => new()
    {
        State = DocumentScope.State(element),
        ParticipantCount = DocumentScope.Number(element.Attribute("participant-count")),
        Users = ValueList.From(element.ChildrenNamed("user").Select(user => ConferenceUser.Read(user, scope))),
        Extensions = ElementBuilder.Unknown(element, "user"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "state", "participant-count"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfo, "users")
        .Attribute("state", ElementBuilder.Text(State))
        .Attribute("participant-count", ElementBuilder.Text(ParticipantCount))
        .Children(Users.Select(user => user.Write(withState: true)))
        .Extensions(this)
        .Build();
}
