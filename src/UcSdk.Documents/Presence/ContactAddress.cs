namespace UcSdk.Documents;

/// <summary>A postal address of a contact card ([MS-PRES] §7.3, element <c>address</c>).</summary>
public sealed record ContactAddress : DocumentPart
{
    /// <summary>Which: <c>work</c>, <c>home</c>, <c>other</c>; null when not said.</summary>
    public string? Type { get; init; }

    /// <summary>Street and number; null when not said.</summary>
    public string? Street { get; init; }

    /// <summary>The city; null when not said.</summary>
    public string? City { get; init; }

    /// <summary>The state or region; null when not said.</summary>
    public string? State { get; init; }

    /// <summary>The postal code; null when not said.</summary>
    public string? ZipCode { get; init; }

    /// <summary>The country; null when not said.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The type; never the address.</summary>
    public override string ToString() => $"address {Type}";

    internal static ContactAddress Read(DocumentElement element) => new()
    {
        Type = element.Attribute("type"),
        Street = element.ChildText("street"),
        City = element.ChildText("city"),
        State = element.ChildText("state"),
        ZipCode = element.ChildText("zipcode"),
        CountryCode = element.ChildText("countryCode"),
        Extensions = ElementBuilder.Unknown(element, "street", "city", "state", "zipcode", "countryCode"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "type"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ContactCard, "address")
        .Attribute("type", Type)
        .Leaf("street", Street)
        .Leaf("city", City)
        .Leaf("state", State)
        .Leaf("zipcode", ZipCode)
        .Leaf("countryCode", CountryCode)
        .Extensions(this)
        .Build();
}
