using UcSdk.Documents;

namespace UcSdk;

/// <summary>Makes contacts and groups of what the directory says. What it says of a contact stands in for the contact's card until presence tells it. On the loop.</summary>
internal sealed class DirectoryContacts(ContactManager manager)
{
    /// <summary>The contact that an entry means; null when its address is none.</summary>
    public Contact? Show(DirectorySearchEntry entry)
    {
        if (!ContactUri.TryNormalize(entry.Uri, out var uri))
        {
            return null;
        }

        var contact = manager.Find(uri);
        if (contact.Information.Card is null)
        {
            contact.Update(contact.Information with { Card = CardOf(entry) });
        }

        return contact;
    }

    /// <summary>The contact that a member of a group is: by SIP address, or else by mail address. Null when it has neither.</summary>
    public Contact? Show(DistributionListMember member) => Show(new DirectorySearchEntry(member.SipUri.Length > 0 ? member.SipUri : $"mailto:{member.Mail}")
    {
        DisplayName = member.DisplayName,
        Email = member.Mail,
    });

    /// <summary>A group that is in no list.</summary>
    public DistributionGroup Show(string email, string name) =>
        new(manager, new ContactListGroup(0, name.Length > 0 ? name : email) { ExternalUri = new GroupExtension(GroupExtension.DistributionGroup, email).ToExternalUri() });

    private static ContactCard CardOf(DirectorySearchEntry entry)
    {
        (string Type, string Number)[] phones = [("work", entry.Phone), ("mobile", entry.MobilePhone), ("home", entry.HomePhone), ("other", entry.OtherPhone)];
        return new()
        {
            DisplayName = entry.DisplayName,
            Emails = entry.Email.Length == 0 ? [] : [entry.Email],
            Title = entry.Title,
            Office = entry.Office,
            Company = entry.Company,
            Phones = ValueList.From(phones
                .Where(phone => phone.Number.Length > 0)
                .Select(phone => new ContactPhone(phone.Type) { Uri = ContactUri.TryNormalize("tel:" + phone.Number, out var uri) ? uri : null, DisplayString = phone.Number })),
            Addresses = (entry.City + entry.State + entry.Country).Length == 0
                ? []
                : [new ContactAddress { Type = "work", City = entry.City, State = entry.State, CountryCode = entry.Country }],
        };
    }
}
