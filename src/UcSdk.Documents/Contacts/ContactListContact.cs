namespace UcSdk.Documents;

/// <summary>A contact of a contact list ([MS-SIP] §2.2.4.1, element <c>contact</c>).</summary>
/// <param name="Uri">
/// The address, e.g. <c>sip:bob@contoso.com</c>. Whole lists write it without <c>sip:</c>, deltas and requests with it; here it always has its scheme.
/// </param>
public sealed record ContactListContact(string Uri) : DocumentPart
{
    internal const string ElementName = "contact";
    private const string Scheme = "sip:";
    private const string ExtensionName = "contactExtension";

    /// <summary>The name that the user has given the contact; empty for none, so that its own is shown.</summary>
    public string Name { get; init; } = "";

    /// <summary>The groups that it is in, by number; a contact in none belongs to the default group.</summary>
    public ValueList<uint> GroupIds { get; init; } = [];

    /// <summary>Whether its presence is watched; default true.</summary>
    public bool IsSubscribed { get; init; } = true;

    /// <summary>Where more about the contact is found; empty for nowhere.</summary>
    public string ExternalUri { get; init; } = "";

    /// <summary>What the user's clients keep with the contact (<c>contactExtension</c>), whole; null for nothing.</summary>
    public DocumentElement? Extension { get; init; }

    /// <summary>The part of <see cref="Extension"/> that clients from 2007 on keep (<c>contactSettings</c>); null when there is none.</summary>
    public ContactSettings? Settings => Extension?.Child(ContactSettings.ElementName) is { } settings ? ContactSettings.Read(settings) : null;

    /// <summary>Whether this is the contact with the address, with or without <c>sip:</c>, compared without regard to case.</summary>
    public bool HasUri(string uri) => Uri.Equals(WithScheme(uri), StringComparison.OrdinalIgnoreCase);

    /// <summary>The contact with other settings; what else its extension holds stays.</summary>
    public ContactListContact WithSettings(ContactSettings settings)
    {
        var others = Extension?.Children.Where(child => child.Name != ContactSettings.ElementName) ?? [];
        var old = Extension ?? new DocumentElement("", ExtensionName);
        return this with { Extension = old with { Children = ValueList.From(others.Prepend(settings.Write())) } };
    }

    /// <summary>Never the address or the name, which are user data.</summary>
    public override string ToString() => $"contact in {GroupIds.Count} groups";

    /// <summary>The address with a scheme: <c>sip:</c> where it has none. A colon behind an <c>@</c> is that of a port.</summary>
    internal static string WithScheme(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || uri.AsSpan(0, colon).Contains('@') ? Scheme + uri : uri;
    }

    internal static ContactListContact Read(DocumentElement element, DocumentScope scope) => new(WithScheme(scope.RequireAttribute(element, "uri")))
    {
        Name = element.Attribute("name") ?? "",
        GroupIds = ReadGroups(element.Attribute("groups")),
        IsSubscribed = DocumentScope.Boolean(element.Attribute("subscribed")) ?? true,
        ExternalUri = element.Attribute("externalURI") ?? "",
        Extension = element.Child(ExtensionName),
        Extensions = ElementBuilder.Unknown(element, ExtensionName),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri", "name", "groups", "subscribed", "externalURI"),
    };

    internal DocumentElement Write(string elementName, bool withScheme) => new ElementBuilder("", elementName)
        .Attribute("uri", withScheme ? Uri : WithoutScheme(Uri))
        .Attribute("name", Name)
        .Attribute("groups", WriteGroups(GroupIds))
        .Attribute("subscribed", ElementBuilder.Text(IsSubscribed))
        .Attribute("externalURI", ExternalUri)
        .Child(Extension)
        .Extensions(this)
        .Build();

    // Only what a reader would complete to the same address.
    private static string WithoutScheme(string uri) =>
        uri.StartsWith(Scheme, StringComparison.Ordinal) && uri.Length > Scheme.Length && WithScheme(uri[Scheme.Length..].Trim()) == uri ? uri[Scheme.Length..] : uri;

    internal static string WriteGroups(ValueList<uint> groups) => string.Join(' ', groups.Select(id => ElementBuilder.Text(id)));

    // What is no number names no group; the contact is shown in the others, or in the default group.
    internal static ValueList<uint> ReadGroups(string? text) =>
        ValueList.From((text ?? "").Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(DocumentScope.Number).OfType<uint>().Distinct());
}
