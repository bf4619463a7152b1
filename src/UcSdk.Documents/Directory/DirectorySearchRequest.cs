namespace UcSdk.Documents;

/// <summary>
/// Searches the directory of a domain by SOAP over SIP ([MS-PRES] §2.2.1): a SERVICE to <c>sip:</c>domain. All terms must hold.
/// </summary>
/// <param name="Terms">The conditions, at least one.</param>
public sealed record DirectorySearchRequest(ValueList<DirectorySearchTerm> Terms) : SoapRequest
{
    internal const string ElementName = "directorySearch";
    private const string ArrayId = "searchArray";

    /// <inheritdoc/>
    public override string Name => ElementName;

    /// <summary>How many entries the answer may have; null leaves it to the server.</summary>
    public uint? MaxResults { get; init; }

    internal static DirectorySearchRequest Read(ValueList<DocumentElement> contents, DocumentScope scope)
    {
        var search = contents[0];
        var href = search.Child("filter")?.Attribute("href")?.Trim().TrimStart('#');
        var arrays = contents.Where(element => element.Name == "Array").ToArray();
        var array = arrays.FirstOrDefault(element => element.Attribute("id") == href) ?? arrays.FirstOrDefault();
        if (array is null)
        {
            scope.Fail("filter/@href", "the id of an Array");
            return new DirectorySearchRequest([]);
        }

        scope.Path = "Envelope/Body/Array";
        var terms = ValueList.From(array.ChildrenNamed("row").Select(row => new DirectorySearchTerm(scope.RequireAttribute(row, "attrib"), row.Attribute("value") ?? "")));
        if (terms.Count == 0)
        {
            scope.Fail("row", "at least one");
        }

        return new DirectorySearchRequest(terms)
        {
            MaxResults = DocumentScope.Number(search.ChildText("maxResults")),
            Extensions = ElementBuilder.Unknown(search, "filter", "maxResults"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(search),
        };
    }

    internal override IEnumerable<DocumentElement> Write() =>
    [
        new ElementBuilder(Namespaces.SipService, ElementName)
            .Child(new ElementBuilder(Namespaces.SipService, "filter").Attribute("href", "#" + ArrayId, Namespaces.SipService).Build())
            .Leaf("maxResults", MaxResults)
            .Extensions(this)
            .Build(),
        new ElementBuilder(Namespaces.SipService, "Array")
            .Attribute("id", ArrayId, Namespaces.SipService)
            .Children(Terms.Select(term => new ElementBuilder(Namespaces.SipService, "row")
                .Attribute("attrib", term.Attribute, Namespaces.SipService)
                .Attribute("value", term.Value, Namespaces.SipService)
                .Build()))
            .Build(),
    ];
}
