namespace UcSdk.Documents;

/// <summary>Somebody found in the directory ([MS-PRES] §2.2.1, a <c>row</c> of the answer). What the directory does not know is empty.</summary>
/// <param name="Uri">The address, e.g. <c>sip:bob@contoso.com</c>.</param>
public sealed record DirectorySearchEntry(string Uri) : DocumentPart
{
    private static readonly string[] Known =
    [
        "uri", "displayName", "title", "office", "phone", "homePhone", "cellPhone", "otherPhone", "company", "city", "state", "country", "email",
    ];

    /// <summary>The name for people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The position.</summary>
    public string Title { get; init; } = "";

    /// <summary>The room.</summary>
    public string Office { get; init; } = "";

    /// <summary>The telephone at work.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The telephone at home.</summary>
    public string HomePhone { get; init; } = "";

    /// <summary>The mobile telephone.</summary>
    public string MobilePhone { get; init; } = "";

    /// <summary>Another telephone.</summary>
    public string OtherPhone { get; init; } = "";

    /// <summary>The company.</summary>
    public string Company { get; init; } = "";

    /// <summary>The town.</summary>
    public string City { get; init; } = "";

    /// <summary>The state or province.</summary>
    public string State { get; init; } = "";

    /// <summary>The country.</summary>
    public string Country { get; init; } = "";

    /// <summary>The e-mail address.</summary>
    public string Email { get; init; } = "";

    /// <summary>Never the content, which is user data.</summary>
    public override string ToString() => "directory entry";

    internal static DirectorySearchEntry Read(DocumentElement row, DocumentScope scope)
    {
        string Text(string name) => row.Attribute(name)?.Trim() ?? "";
        return new DirectorySearchEntry(scope.RequireAttribute(row, "uri"))
        {
            DisplayName = Text("displayName"),
            Title = Text("title"),
            Office = Text("office"),
            Phone = Text("phone"),
            HomePhone = Text("homePhone"),
            MobilePhone = Text("cellPhone"),
            OtherPhone = Text("otherPhone"),
            Company = Text("company"),
            City = Text("city"),
            State = Text("state"),
            Country = Text("country"),
            Email = Text("email"),
            Extensions = row.Children,
            ExtensionAttributes = ElementBuilder.UnknownAttributes(row, Known),
        };
    }

    internal DocumentElement Write()
    {
        var row = new ElementBuilder(Namespaces.SipService, "row");
        string[] values = [Uri, DisplayName, Title, Office, Phone, HomePhone, MobilePhone, OtherPhone, Company, City, State, Country, Email];
        foreach (var (name, value) in Known.Zip(values))
        {
            row.Attribute(name, value, Namespaces.SipService);
        }

        return row.Extensions(this).Build();
    }
}
