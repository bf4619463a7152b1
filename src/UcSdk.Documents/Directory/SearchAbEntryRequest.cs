using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Documents;

/// <summary>
/// Searches the address book of a pool by its web service (<c>SearchAbEntry</c> of the distribution list expander, [MS-ABS], [MS-DLX]): SOAP by HTTP POST, with the
/// header <c>SOAPAction:</c> <see cref="SoapAction"/> and a web ticket. Written as an independent client (SIPE) does; the documents above do not show it whole.
/// </summary>
/// <param name="Search">For whom.</param>
public sealed record SearchAbEntryRequest(AddressBookSearch Search) : DocumentPart
{
    /// <summary>What the HTTP request says as its action.</summary>
    public const string SoapAction = "DistributionListExpander/IAddressBook/SearchAbEntry";

    private const string Rule = "[MS-DLX] SearchAbEntry";
    private const string ElementName = "SearchAbEntry";
    private const string QueryName = "AbEntryRequest.ChangeSearchQuery";

    /// <summary>The attributes that clients ask for when they show a person.</summary>
    public static readonly ValueList<string> PersonAttributes =
    [
        DirectoryAttributes.DisplayName, DirectoryAttributes.SipAddress, DirectoryAttributes.Title, DirectoryAttributes.Phone, DirectoryAttributes.HomePhone,
        DirectoryAttributes.MobilePhone, DirectoryAttributes.OtherPhone, DirectoryAttributes.Mail, DirectoryAttributes.Company, DirectoryAttributes.CountryName,
        DirectoryAttributes.PhotoPath, DirectoryAttributes.PhotoSize, DirectoryAttributes.PhotoHash,
    ];

    /// <summary>How many entries the answer may have; default 100.</summary>
    public uint MaxResults { get; init; } = 100;

    /// <summary>The attributes that the answer is to hold; default <see cref="PersonAttributes"/>.</summary>
    public ValueList<string> ReturnedAttributes { get; init; } = PersonAttributes;

    /// <summary>Whether what was typed came from a dial pad, so that digits stand for letters; default no.</summary>
    public bool IsFromDialPad { get; init; }

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not an envelope with a search of one of the two kinds.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SearchAbEntryRequest? request,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        request = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        if (contents[0].Name != ElementName)
        {
            scope.Fail(contents[0].Name, $"the element {ElementName}");
        }

        scope.Path += $"/{ElementName}";
        var entry = scope.RequireChild(contents[0], "AbEntryRequest");
        var search = ReadSearch(entry, scope);
        error = scope.Error;
        var metadata = entry.Child("Metadata");
        request = scope.Failed ? null : new SearchAbEntryRequest(search!)
        {
            MaxResults = DocumentScope.Number(metadata?.ChildText("MaxResultNum")) ?? 100,
            ReturnedAttributes = Split(metadata?.ChildText("ReturnList")),
            IsFromDialPad = DocumentScope.Boolean(metadata?.ChildText("FromDialPad")) ?? false,
            Extensions = ElementBuilder.Unknown(entry, "BasicSearch", "ChangeSearch", "Metadata"),
        };
        return request is not null;
    }

    /// <summary>The request as UTF-8, in its envelope.</summary>
    /// <param name="header">The header, with the web ticket; null for none.</param>
    public byte[] ToBytes(WebServiceHeader? header = null) => SoapEnvelope.Write(
        [new ElementBuilder(Namespaces.AddressBook, ElementName)
            .Child(new ElementBuilder(Namespaces.AddressBook, "AbEntryRequest")
                .Child(WriteSearch())
                .Child(new ElementBuilder(Namespaces.AddressBook, "Metadata")
                    .Leaf("FromDialPad", IsFromDialPad)
                    .Leaf("MaxResultNum", MaxResults)
                    .Leaf("ReturnList", string.Join(',', ReturnedAttributes))
                    .Build())
                .Extensions(this)
                .Build())
            .Build()],
        header?.Write());

    /// <summary>Which kind of search; never for whom.</summary>
    public override string ToString() => $"{ElementName} {Search}";

    private static AddressBookSearch? ReadSearch(DocumentElement entry, DocumentScope scope)
    {
        if (entry.Child("BasicSearch") is { } basic)
        {
            return new AddressBookBasicSearch(Split(basic.ChildText("SearchList")), basic.ChildText("Value") ?? "");
        }

        var terms = entry.Child("ChangeSearch")?.ChildrenNamed(QueryName)
            .Select(query => new DirectorySearchTerm(scope.RequireChild(query, "SearchOn").Text.Trim(), query.ChildText("Value") ?? ""))
            .ToArray() ?? [];
        if (terms.Length == 0)
        {
            scope.Fail("AbEntryRequest", "a BasicSearch, or a ChangeSearch with a query");
            return null;
        }

        return new AddressBookAttributeSearch(ValueList.From(terms));
    }

    private static ValueList<string> Split(string? list) => ValueList.From((list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private DocumentElement WriteSearch()
    {
        if (Search is AddressBookBasicSearch basic)
        {
            return new ElementBuilder(Namespaces.AddressBook, "BasicSearch")
                .Leaf("SearchList", string.Join(',', basic.Attributes))
                .Leaf("Value", basic.Value)
                .Leaf("Verb", "BeginsWith")
                .Build();
        }

        var terms = ((AddressBookAttributeSearch)Search).Terms;
        var type = $"{Namespaces.PrefixOf(Namespaces.AddressBook)}:{QueryName}[{terms.Count.ToString(CultureInfo.InvariantCulture)}]";
        return new ElementBuilder(Namespaces.AddressBook, "ChangeSearch")
            .Attribute("arrayType", type, Namespaces.SoapEncoding)
            .Children(terms.Select(term => new ElementBuilder(Namespaces.AddressBook, QueryName).Leaf("SearchOn", term.Attribute).Leaf("Value", term.Value).Build()))
            .Build();
    }
}
