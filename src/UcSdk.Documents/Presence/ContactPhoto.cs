namespace UcSdk.Documents;

/// <summary>Where a picture of the contact is ([MS-PRES] §7.3, element <c>photo</c>).</summary>
/// <param name="Type">Whose: <c>default</c>, <c>enterprise</c>, <c>exchange</c>, <c>other</c>.</param>
public sealed record ContactPhoto(string Type) : DocumentPart
{
    /// <summary>Where to fetch it; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>What changes when the picture does; null when not said.</summary>
    public string? Hash { get; init; }

    /// <summary>The type; never the address.</summary>
    public override string ToString() => $"photo {Type}";

    internal static ContactPhoto Read(DocumentElement element) => new(element.Attribute("type")?.Trim() ?? "default")
    {
        Uri = element.ChildText("uri"),
        Hash = element.ChildText("hash"),
        Extensions = ElementBuilder.Unknown(element, "uri", "hash"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "type"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ContactCard, "photo")
        .Attribute("type", Type)
        .Leaf("uri", Uri)
        .Leaf("hash", Hash)
        .Extensions(this)
        .Build();
}
