namespace UcSdk.Documents;

/// <summary>The state of one part of a conference ([MS-CONFBAS] §2.2.2.2, element <c>entity-state</c>).</summary>
public sealed record ConferenceEntityState : DocumentPart
{
    /// <summary>A name for people; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>Whether the part is locked; null when not said. Clients read the conference's lock from the chat part.</summary>
    public bool? Locked { get; init; }

    /// <summary>The kinds of media of the part, e.g. <c>chat</c>.</summary>
    public ValueList<string> MediaTypes { get; init; } = [];

    internal static ConferenceEntityState Read(DocumentElement element) => new()
    {
        DisplayText = element.ChildText("displayText"),
        Locked = DocumentScope.Boolean(element.ChildText("locked")),
        MediaTypes = ValueList.From(ReadMediaTypes(element)),
        Extensions = ElementBuilder.Unknown(element, "displayText", "locked", "media"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfoExtensions, "entity-state")
        .Leaf("displayText", DisplayText)
        .Leaf("locked", Locked)
        .Child(WriteMedia())
        .Extensions(this)
        .Build();

    private static IEnumerable<string> ReadMediaTypes(DocumentElement element) =>
        element.Child("media")?.ChildrenNamed("entry").Select(entry => entry.ChildText("type")).OfType<string>() ?? [];

    private DocumentElement? WriteMedia() => MediaTypes.Count == 0
        ? null
        : new ElementBuilder(Namespaces.ConferenceInfoExtensions, "media").Children(MediaTypes.Select(WriteMediaType)).Build();

    private static DocumentElement WriteMediaType(string type) =>
        new ElementBuilder(Namespaces.ConferenceInfo, "entry").Leaf("type", type).Build();
}
