using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>Searches the directory ([MS-ABS], as clients ask) and expands its distribution groups ([MS-DLX]). On the loop only.</summary>
internal sealed class AddressBookService(UcServer server, UcWebOptions options)
{
    private readonly DirectoryEntries _entries = new(server);

    public WebResponse Handle(WebRequest request)
    {
        if (SearchAbEntryRequest.TryRead(request.Body, out var search, out _))
        {
            return WebResponse.Soap(Find(search).ToBytes());
        }

        return DistributionListRequest.TryRead(request.Body, out var expansion, out var error) ? Expand(expansion.GroupAddress) : WebServiceFaults.Unreadable(error);
    }

    private SearchAbEntryResult Find(SearchAbEntryRequest request)
    {
        var wanted = (int)Math.Min(request.MaxResults, (uint)server.Options.MaxSearchResults);
        var users = server.Search.Find(user => Matches(request.Search, term => server.Search.Holds(user, term))).Select(user => _entries.Describe(user, request.ReturnedAttributes));
        var groups = server.Options.DistributionGroups
            .Where(group => Matches(request.Search, term => Holds(group, term)))
            .Select(group => _entries.Describe(group, request.ReturnedAttributes));
        return new(ValueList.From(users.Concat(groups).Take(wanted)));
    }

    private static bool Matches(AddressBookSearch search, Func<DirectorySearchTerm, bool> holds) => search switch
    {
        AddressBookBasicSearch basic => basic.Attributes.Any(attribute => holds(new(attribute, WithScheme(attribute, basic.Value)))),
        AddressBookAttributeSearch all => all.Terms.All(term => holds(term with { Value = WithScheme(term.Attribute, term.Value) })),
        _ => false,
    };

    // Unlike in a search by SIP, clients of this one leave the scheme out.
    private static string WithScheme(string attribute, string value) =>
        attribute == DirectoryAttributes.SipAddress && !value.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? "sip:" + value : value;

    private static bool Holds(UcDistributionGroup group, DirectorySearchTerm term) => term.Attribute switch
    {
        DirectoryAttributes.DisplayName => group.DisplayName.StartsWith(term.Value.Trim(), StringComparison.OrdinalIgnoreCase),
        DirectoryAttributes.Mail => group.Email.StartsWith(term.Value.Trim(), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private WebResponse Expand(string address)
    {
        if (_entries.FindGroup(address) is not { } group)
        {
            return WebResponse.Fault(new(DistributionListResult.GroupNotFound, "There is no such group."));
        }

        return group.Members.Count > options.MaxGroupMembers
            ? WebResponse.Fault(new(DistributionListResult.TooManyMembers, $"The group has more than {options.MaxGroupMembers} members."))
            : WebResponse.Soap(new DistributionListResult(_entries.Describe(group), ValueList.From(group.Members.Select(_entries.Resolve)))
            {
                Description = group.Description,
                Owner = group.Owner is { } owner ? _entries.Resolve(owner) : null,
            }.ToBytes());
    }
}
