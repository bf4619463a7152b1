using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>What the directory says of users and groups, as entries of the address book and as members of groups.</summary>
internal sealed class DirectoryEntries(UcServer server)
{
    // The kind of a universal distribution group in Active Directory.
    private const string Universal = "8";

    public AddressBookEntry Describe(UcServerUser user, ValueList<string> wanted) => Pick(wanted, name => name switch
    {
        DirectoryAttributes.SipAddress => server.Directory.AddressOfRecord(user),
        DirectoryAttributes.DisplayName => user.DisplayName,
        DirectoryAttributes.GivenName => user.GivenName,
        DirectoryAttributes.Surname => user.Surname,
        DirectoryAttributes.Title => user.Title,
        DirectoryAttributes.Phone => user.WorkPhone,
        DirectoryAttributes.HomePhone => user.HomePhone,
        DirectoryAttributes.MobilePhone => user.MobilePhone,
        DirectoryAttributes.OtherPhone => user.OtherPhone,
        DirectoryAttributes.Mail => user.Email,
        DirectoryAttributes.MailNickname => user.Name,
        DirectoryAttributes.Company => user.Company,
        DirectoryAttributes.Department => user.Department,
        DirectoryAttributes.Office => user.Office,
        DirectoryAttributes.City => user.City,
        DirectoryAttributes.State => user.State,
        DirectoryAttributes.Country or DirectoryAttributes.CountryName => user.Country,
        DirectoryAttributes.PhotoHash => user.PhotoHash,
        _ => null,
    });

    public AddressBookEntry Describe(UcDistributionGroup group, ValueList<string> wanted) => Pick(wanted, name => name switch
    {
        DirectoryAttributes.DisplayName => group.DisplayName,
        DirectoryAttributes.Mail => group.Email,
        DirectoryAttributes.GroupType => Universal,
        DirectoryAttributes.Description => group.Description,
        _ => null,
    });

    public DistributionListMember Describe(UcDistributionGroup group) => new() { IsGroup = true, Mail = group.Email, DisplayName = group.DisplayName };

    public UcDistributionGroup? FindGroup(string email) => server.Options.DistributionGroups.FirstOrDefault(group => group.Email.Equals(email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whom an entry of <see cref="UcDistributionGroup.Members"/> means: a user, a group, or somebody of whom only the address is known.</summary>
    public DistributionListMember Resolve(string text)
    {
        if (server.Directory.TryFindName(text, out var user) || (Sip.SipUri.TryParse(text, out var address) && server.Directory.TryFind(address, out user)))
        {
            return new() { SipUri = server.Directory.AddressOfRecord(user), Mail = user.Email ?? "", MailNickname = user.Name, DisplayName = user.DisplayName };
        }

        return FindGroup(text) is { } group ? Describe(group)
            : text.Contains(':', StringComparison.Ordinal) ? new() { SipUri = text, DisplayName = text }
            : new() { Mail = text, DisplayName = text };
    }

    private static AddressBookEntry Pick(ValueList<string> wanted, Func<string, string?> valueOf) => new(ValueList.From(
        (wanted.Count == 0 ? SearchAbEntryRequest.PersonAttributes : wanted)
            .Select(name => (Name: name, Value: valueOf(name)))
            .Where(attribute => !string.IsNullOrEmpty(attribute.Value))
            .Select(attribute => new AddressBookAttribute(attribute.Name, [attribute.Value!]))));
}
