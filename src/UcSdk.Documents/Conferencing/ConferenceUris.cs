namespace UcSdk.Documents;

/// <summary>The addresses of a conference and its parts (RFC 4575 §5.3.1, element <c>conf-uris</c>).</summary>
public sealed record ConferenceUris : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>The addresses.</summary>
    public ValueList<ConferenceUriEntry> Entries { get; init; } = [];

    /// <summary>The address for the purpose, one of <see cref="ConferenceEntityTypes"/>; null when there is none.</summary>
    public string? For(string purpose) => Entries.FirstOrDefault(entry => entry.Purpose == purpose)?.Uri;

    internal static ConferenceUris Read(DocumentElement element, DocumentScope scope) => new()
    {
        State = DocumentScope.State(element),
        Entries = ValueList.From(element.ChildrenNamed("entry").Select(entry => ConferenceUriEntry.Read(entry, scope))),
        Extensions = ElementBuilder.Unknown(element, "entry"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "state"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfo, "conf-uris")
        .Attribute("state", ElementBuilder.Text(State))
        .Children(Entries.Select(entry => entry.Write()))
        .Extensions(this)
        .Build();
}
