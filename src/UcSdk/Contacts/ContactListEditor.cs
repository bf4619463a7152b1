using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// The user's wishes about the contact list, as commands against the list that the server has at that moment ([MS-SIP] §3.7.4): each is made anew out of the newest list
/// when another endpoint was quicker.
/// </summary>
internal sealed class ContactListEditor(ContactManager manager, RoamingContacts roaming)
{
    public static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name == ContactListGroup.DefaultName)
        {
            throw new ArgumentException($"'{name}' is the group of contacts that are in no other.", nameof(name));
        }
    }

    public async Task<Group> AddGroupAsync(string name, string externalUri, CancellationToken cancellationToken)
    {
        var known = new HashSet<uint>();
        var answer = await roaming.Changes.ChangeAsync(
            nameof(ContactManager.AddGroupAsync),
            list =>
            {
                known = [.. list.Groups.Select(group => group.Id)];
                return new AddGroupCommand(list.DeltaNumber, name) { ExternalUri = externalUri };
            },
            cancellationToken);

        // The answer names the number; a server that does not say it has told of the group all the same.
        var id = AddGroupResult.TryRead(answer!.Body, out var result, out _)
            ? result.GroupId
            : roaming.List?.Groups.FirstOrDefault(group => group.Name == name && !known.Contains(group.Id))?.Id;
        return id is { } number && manager.GroupOf(number) is { } group
            ? group
            : throw new ServerRequestException(nameof(ContactManager.AddGroupAsync), "the server took it, and its list does not show the group");
    }

    public Task RenameAsync(Group group, string name, CancellationToken cancellationToken) => roaming.Changes.ChangeAsync(
        nameof(CustomGroup.RenameAsync),
        list => Entry(list, group, nameof(CustomGroup.RenameAsync)) is { } entry && entry.Name != name
            ? new ModifyGroupCommand(list.DeltaNumber, entry.Id, name) { ExternalUri = entry.ExternalUri }
            : null,
        cancellationToken);

    // [MS-SIP] §3.7: a group is empty when it goes. Who was in no other group stays in the list, in the default group.
    public async Task RemoveGroupAsync(Group group, CancellationToken cancellationToken)
    {
        var id = group.Id;
        while (await roaming.Changes.ChangeAsync(nameof(ContactManager.RemoveGroupAsync), list => EmptyOrDelete(list, id), cancellationToken) is not null)
        {
        }
    }

    public Task AddAsync(Contact contact, Group group, CancellationToken cancellationToken)
    {
        RequireOwn(contact);
        return roaming.Changes.ChangeAsync(
            nameof(Group.AddContactAsync),
            list =>
            {
                contact.IsJustAdded |= list.Contact(contact.Uri) is null && contact.IsSip;
                return Place(list, contact, groups => groups.Append(Entry(list, group, nameof(Group.AddContactAsync)).Id));
            },
            cancellationToken);
    }

    public Task RemoveAsync(Contact contact, Group group, CancellationToken cancellationToken)
    {
        RequireOwn(contact);
        return roaming.Changes.ChangeAsync(
            nameof(Group.RemoveContactAsync),
            list => list.Contact(contact.Uri) is { } entry && IsIn(list, entry, group.Id)
                ? entry.GroupIds.All(id => id == group.Id)
                    ? new DeleteContactCommand(list.DeltaNumber, contact.Uri)
                    : Place(list, contact, groups => groups.Where(id => id != group.Id))
                : null,
            cancellationToken);
    }

    public Task MoveAsync(Contact contact, Group target, Group source, CancellationToken cancellationToken)
    {
        RequireOwn(contact);
        return roaming.Changes.ChangeAsync(
            nameof(Contact.MoveToGroupAsync),
            list => Place(list, contact, groups => groups.Where(id => id != source.Id).Append(Entry(list, target, nameof(Contact.MoveToGroupAsync)).Id)),
            cancellationToken);
    }

    public Task RemoveFromAllAsync(Contact contact, CancellationToken cancellationToken)
    {
        RequireOwn(contact);
        return roaming.Changes.ChangeAsync(
            nameof(ContactManager.RemoveContactFromAllGroupsAsync),
            list => list.Contact(contact.Uri) is null ? null : new DeleteContactCommand(list.DeltaNumber, contact.Uri),
            cancellationToken);
    }

    /// <summary>Changes what the list keeps with a contact that is in it.</summary>
    public Task ChangeAsync(Contact contact, string operation, Func<ContactListContact, ContactListContact> change, CancellationToken cancellationToken) =>
        roaming.Changes.ChangeAsync(
            operation,
            list =>
            {
                var entry = list.Contact(contact.Uri) ?? throw new InvalidStateException(nameof(Contact), "NotListed", operation);
                var changed = change(entry);
                return changed == entry ? null : new SetContactCommand(list.DeltaNumber, changed);
            },
            cancellationToken);

    private static ContactListCommand? EmptyOrDelete(ContactList list, uint id)
    {
        if (list.Group(id) is null)
        {
            return null;
        }

        if (list.Contacts.FirstOrDefault(contact => contact.GroupIds.Contains(id)) is not { } member)
        {
            return new DeleteGroupCommand(list.DeltaNumber, id);
        }

        var others = member.GroupIds.Where(other => other != id).ToArray();
        if (others.Length == 0 && list.DefaultGroup is { } fallback && fallback.Id != id)
        {
            others = [fallback.Id];
        }

        return new SetContactCommand(list.DeltaNumber, member with { GroupIds = ValueList.From(others) });
    }

    private static SetContactCommand? Place(ContactList list, Contact contact, Func<IEnumerable<uint>, IEnumerable<uint>> place)
    {
        var entry = list.Contact(contact.Uri);
        var placed = (entry ?? new ContactListContact(contact.Uri)) with { GroupIds = ValueList.From(place(entry?.GroupIds ?? []).Distinct()) };
        return placed == entry ? null : new SetContactCommand(list.DeltaNumber, placed);
    }

    // Who names no group of the list is shown in the default group.
    private static bool IsIn(ContactList list, ContactListContact entry, uint id) =>
        entry.GroupIds.Contains(id) || (list.DefaultGroup?.Id == id && !entry.GroupIds.Any(group => list.Group(group) is not null));

    private static ContactListGroup Entry(ContactList list, Group group, string operation) =>
        list.Group(group.Id) ?? throw new InvalidStateException(group.Type.ToString(), "NotListed", operation);

    private void RequireOwn(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.ContactManager != manager)
        {
            throw new ArgumentException("The contact belongs to another client.", nameof(contact));
        }
    }
}
