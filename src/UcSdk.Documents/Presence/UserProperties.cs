namespace UcSdk.Documents;

/// <summary>
/// What the directory says of the user itself: the content of the category userProperties ([MS-PRES] §7.6, element
/// <c>userProperties</c>, in the namespace of categories). The server publishes it, for the user alone.
/// </summary>
public sealed record UserProperties : DocumentPart
{
    /// <summary>The phone lines.</summary>
    public ValueList<UserPhoneLine> Lines { get; init; } = [];

    /// <summary>How the user calls: <c>None</c>, <c>Uc</c>, <c>Rcc</c>, <c>Dual</c>, <c>NoAudioVideo</c>; null when not said.</summary>
    public string? TelephonyMode { get; init; }

    /// <summary>The number of the fax; null when not said.</summary>
    public string? FaxNumber { get; init; }

    /// <summary>Street and number; null when not said.</summary>
    public string? StreetAddress { get; init; }

    /// <summary>The city (<c>l</c>); null when not said.</summary>
    public string? City { get; init; }

    /// <summary>The state or region (<c>st</c>); null when not said.</summary>
    public string? State { get; init; }

    /// <summary>The country; null when not said.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The postal code; null when not said.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The page; null when not said.</summary>
    public string? HomePage { get; init; }

    /// <summary>Whether there is voice mail (<c>exumEnabled</c> is not 0); null when not said.</summary>
    public bool? VoicemailEnabled { get; init; }

    /// <summary>Where the voice mail is (<c>exumURL</c>); null when not said.</summary>
    public string? VoicemailUri { get; init; }

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The properties; null when the content is none or is something else.</returns>
    public static UserProperties? Of(DocumentElement? content) => content?.Name != "userProperties" ? null : new UserProperties
    {
        Lines = content.Child("lines") is { } lines
            ? ValueList.From(lines.ChildrenNamed("line").Select(line => new UserPhoneLine(line.Attribute("lineType")?.Trim() ?? "Uc", line.Text.Trim(), line.Attribute("lineServer"))))
            : [],
        TelephonyMode = content.ChildText("telephonyMode"),
        FaxNumber = content.ChildText("facsimileTelephoneNumber"),
        StreetAddress = content.ChildText("streetAddress"),
        City = content.ChildText("l"),
        State = content.ChildText("st"),
        CountryCode = content.ChildText("countryCode"),
        PostalCode = content.ChildText("postalCode"),
        HomePage = content.ChildText("wWWHomePage"),
        VoicemailEnabled = DocumentScope.Number(content.ChildText("exumEnabled")) is { } enabled ? enabled != 0 : DocumentScope.Boolean(content.ChildText("exumEnabled")),
        VoicemailUri = content.ChildText("exumURL"),
        Extensions = ElementBuilder.Unknown(
            content,
            "lines", "telephonyMode", "facsimileTelephoneNumber", "streetAddress", "l", "st", "countryCode", "postalCode", "wWWHomePage", "exumEnabled", "exumURL"),
        ExtensionAttributes = content.Attributes,
    };

    /// <summary>The properties as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.Categories, "userProperties")
        .Child(Lines.Count == 0 ? null : new ElementBuilder(Namespaces.Categories, "lines")
            .Children(Lines.Select(line => new ElementBuilder(Namespaces.Categories, "line")
                .Attribute("lineType", line.Type)
                .Attribute("lineServer", line.Server)
                .Text(line.Uri)
                .Build()))
            .Build())
        .Leaf("telephonyMode", TelephonyMode)
        .Leaf("facsimileTelephoneNumber", FaxNumber)
        .Leaf("streetAddress", StreetAddress)
        .Leaf("l", City)
        .Leaf("st", State)
        .Leaf("countryCode", CountryCode)
        .Leaf("postalCode", PostalCode)
        .Leaf("wWWHomePage", HomePage)
        .Leaf("exumEnabled", VoicemailEnabled is { } enabled ? (enabled ? "1" : "0") : null)
        .Leaf("exumURL", VoicemailUri)
        .Extensions(this)
        .Build();

    /// <summary>How many lines there are; never which.</summary>
    public override string ToString() => $"userProperties {TelephonyMode} with {Lines.Count} lines";
}
