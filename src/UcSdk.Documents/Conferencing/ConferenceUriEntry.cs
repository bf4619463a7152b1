namespace UcSdk.Documents;

/// <summary>One of the addresses of a conference (RFC 4575 §5.3.1, element <c>conf-uris/entry</c>).</summary>
/// <param name="Uri">The address, which is the key of the entry.</param>
public sealed record ConferenceUriEntry(string Uri) : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>A name for people; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>What the address is for, one of <see cref="ConferenceEntityTypes"/>; null when not said.</summary>
    public string? Purpose { get; init; }

    /// <summary>The entry for a part of a conference.</summary>
    /// <param name="focus">The focus, or any other part, of the conference.</param>
    /// <param name="entityType">The part, one of <see cref="ConferenceEntityTypes"/>.</param>
    public static ConferenceUriEntry For(ConferenceUri focus, string entityType) =>
        new(focus.For(entityType).Text) { DisplayText = entityType, Purpose = entityType };

    internal static ConferenceUriEntry Read(DocumentElement element, DocumentScope scope) => new(scope.RequireChild(element, "uri").Text.Trim())
    {
        State = DocumentScope.State(element),
        DisplayText = element.ChildText("display-text"),
        Purpose = element.ChildText("purpose"),
        Extensions = ElementBuilder.Unknown(element, "uri", "display-text", "purpose"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "state"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfo, "entry")
        .Attribute("state", ElementBuilder.Text(State))
        .Leaf("uri", Uri)
        .Leaf("display-text", DisplayText)
        .Leaf("purpose", Purpose)
        .Extensions(this)
        .Build();
}
