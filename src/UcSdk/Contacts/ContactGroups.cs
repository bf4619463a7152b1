using UcSdk.Documents;

namespace UcSdk;

/// <summary>Keeps the observable groups and contacts as the list says. On the loop only.</summary>
internal sealed class ContactGroups(ContactManager manager)
{
    private readonly Dictionary<uint, Group> _groups = [];
    private Dictionary<Contact, ContactListContact> _contacts = [];

    /// <summary>Who is in the list.</summary>
    public IReadOnlyCollection<Contact> Contacts => _contacts.Keys;

    /// <summary>The group with the number; null when the list has none.</summary>
    public Group? Find(uint id) => _groups.GetValueOrDefault(id);

    /// <summary>Makes groups and contacts those of the list: what was there and still is keeps its object.</summary>
    public void Apply(ContactList list)
    {
        var contacts = new Dictionary<Contact, ContactListContact>(list.Contacts.Count);
        var members = list.Groups.ToDictionary(group => group.Id, _ => new List<Contact>());
        foreach (var entry in list.Contacts)
        {
            if (ContactUri.TryNormalize(entry.Uri, out var uri))
            {
                var contact = manager.Find(uri);
                contacts[contact] = entry;
                PutIntoGroups(contact, entry, list, members);
            }
        }

        var left = _contacts.Keys.Where(contact => !contacts.ContainsKey(contact)).ToArray();
        _contacts = contacts;
        foreach (var (contact, entry) in contacts)
        {
            contact.SetEntry(entry);
        }

        foreach (var gone in _groups.Values.Where(group => list.Group(group.Id) is not { } entry || TypeOf(entry) != group.Type).ToArray())
        {
            Remove(gone);
        }

        foreach (var entry in list.Groups)
        {
            Put(entry, members[entry.Id]);
        }

        foreach (var contact in left)
        {
            contact.SetEntry(null);
        }
    }

    private static GroupType TypeOf(ContactListGroup entry) => (entry.Extension?.Kind, entry.Name) switch
    {
        (GroupExtension.DistributionGroup, _) => GroupType.DistributionGroup,
        (GroupExtension.PinnedGroup, _) or (_, FavoriteContacts.ListName) => GroupType.FavoriteContacts,
        (_, FrequentContacts.ListName) => GroupType.FrequentContacts,
        _ => GroupType.CustomGroup,
    };

    // A contact that names no group of the list belongs to the default group, as SIPE and Lync show it.
    private static void PutIntoGroups(Contact contact, ContactListContact entry, ContactList list, Dictionary<uint, List<Contact>> members)
    {
        var isPlaced = false;
        foreach (var id in entry.GroupIds)
        {
            if (members.TryGetValue(id, out var group))
            {
                group.Add(contact);
                isPlaced = true;
            }
        }

        if (!isPlaced && list.DefaultGroup is { } fallback)
        {
            members[fallback.Id].Add(contact);
        }
    }

    private void Put(ContactListGroup entry, List<Contact> members)
    {
        if (_groups.TryGetValue(entry.Id, out var group))
        {
            group.Update(entry);
            SetMembers(group, members);
            return;
        }

        group = TypeOf(entry) switch
        {
            GroupType.DistributionGroup => new DistributionGroup(manager, entry),
            GroupType.FavoriteContacts => new FavoriteContacts(manager, entry),
            GroupType.FrequentContacts => new FrequentContacts(manager, entry),
            _ => new CustomGroup(manager, entry),
        };
        SetMembers(group, members);
        _groups.Add(entry.Id, group);
        manager.Groups.Add(group);
    }

    private void Remove(Group group)
    {
        _groups.Remove(group.Id);
        manager.Groups.Remove(group);
        group.Complete();
    }

    private static void SetMembers(Group group, List<Contact> members)
    {
        if (group is DistributionGroup { IsExpanded: true })
        {
            // Its members are the directory's, not the list's.
            return;
        }

        var wanted = members.ToHashSet();
        foreach (var contact in group.Contacts)
        {
            if (!wanted.Remove(contact))
            {
                group.Contacts.Remove(contact);
            }
        }

        foreach (var contact in members.Where(wanted.Remove))
        {
            group.Contacts.Add(contact);
        }
    }
}
