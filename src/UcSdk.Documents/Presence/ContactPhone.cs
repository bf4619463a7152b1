namespace UcSdk.Documents;

/// <summary>A phone of a contact card ([MS-PRES] §7.3, element <c>phone</c>).</summary>
/// <param name="Type">Which: <c>work</c>, <c>mobile</c>, <c>home</c>, <c>other</c>, <c>custom1</c>.</param>
public sealed record ContactPhone(string Type) : DocumentPart
{
    /// <summary>The number as a URI, normally <c>tel:</c>; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>The number for people; null when not said.</summary>
    public string? DisplayString { get; init; }

    /// <summary>The type; never the number.</summary>
    public override string ToString() => $"phone {Type}";

    internal static ContactPhone Read(DocumentElement element) => new(element.Attribute("type")?.Trim() ?? "other")
    {
        Uri = element.ChildText("uri"),
        DisplayString = element.ChildText("displayString"),
        Extensions = ElementBuilder.Unknown(element, "uri", "displayString"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "type"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ContactCard, "phone")
        .Attribute("type", Type)
        .Leaf("uri", Uri)
        .Leaf("displayString", DisplayString)
        .Extensions(this)
        .Build();
}
