namespace UcSdk.Documents;

/// <summary>Who scheduled a conference ([MS-CONFBAS] §2.2.2.2, element <c>organizer</c>).</summary>
public sealed record ConferenceOrganizer : DocumentPart
{
    /// <summary>The organizer's name; null when not said.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The organizer's URI; null when not said.</summary>
    public string? Uri { get; init; }

    internal static ConferenceOrganizer Read(DocumentElement element) => new()
    {
        DisplayName = element.ChildText("display-name"),
        Uri = element.ChildText("uri"),
        Extensions = ElementBuilder.Unknown(element, "display-name", "uri"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfoExtensions, "organizer")
        .Leaf("display-name", DisplayName, Namespaces.ConferenceInfo)
        .Leaf("uri", Uri, Namespaces.ConferenceInfo)
        .Extensions(this)
        .Build();
}
