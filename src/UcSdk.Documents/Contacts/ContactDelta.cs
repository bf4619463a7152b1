namespace UcSdk.Documents;

/// <summary>What has changed in a contact list ([MS-SIP] §2.2.4.1, element <c>contactDelta</c>).</summary>
/// <param name="DeltaNumber">The version that the change leads to.</param>
/// <param name="PreviousDeltaNumber">The version that it starts from; who has another one reads the whole list anew.</param>
public sealed record ContactDelta(uint DeltaNumber, uint PreviousDeltaNumber) : ContactListNotification(DeltaNumber)
{
    internal const string ElementName = "contactDelta";

    /// <summary>Groups that are new.</summary>
    public ValueList<ContactListGroup> AddedGroups { get; init; } = [];

    /// <summary>Groups that have changed, as they are now.</summary>
    public ValueList<ContactListGroup> ModifiedGroups { get; init; } = [];

    /// <summary>Contacts that are new.</summary>
    public ValueList<ContactListContact> AddedContacts { get; init; } = [];

    /// <summary>Contacts that have changed, as they are now.</summary>
    public ValueList<ContactListContact> ModifiedContacts { get; init; } = [];

    /// <summary>The ids of groups that are gone.</summary>
    public ValueList<uint> DeletedGroups { get; init; } = [];

    /// <summary>The URIs, with scheme, of contacts that are gone.</summary>
    public ValueList<string> DeletedContacts { get; init; } = [];

    /// <summary>
    /// Makes the change in a list. What it adds a second time is changed, and what it changes without being there is added: the delta is right about what is
    /// there afterwards.
    /// </summary>
    /// <param name="list">The list as it was.</param>
    /// <param name="changed">The list as it is now; as it was, when the answer is false.</param>
    /// <returns>False when the list is not of the version that the change starts from.</returns>
    public bool TryApply(ContactList list, out ContactList changed)
    {
        changed = list;
        if (list.DeltaNumber != PreviousDeltaNumber)
        {
            return false;
        }

        var groups = list.Groups.ToList();
        var contacts = list.Contacts.ToList();
        foreach (var group in AddedGroups.Concat(ModifiedGroups))
        {
            Put(groups, group, known => known.Id == group.Id);
        }

        foreach (var contact in AddedContacts.Concat(ModifiedContacts))
        {
            Put(contacts, contact, known => known.HasUri(contact.Uri));
        }

        groups.RemoveAll(group => DeletedGroups.Contains(group.Id));
        contacts.RemoveAll(contact => DeletedContacts.Any(contact.HasUri));
        changed = list with { DeltaNumber = DeltaNumber, Groups = ValueList.From(groups), Contacts = ValueList.From(contacts) };
        return true;
    }

    /// <summary>The versions; never the content.</summary>
    public override string ToString() => $"contactDelta {PreviousDeltaNumber} to {DeltaNumber}";

    internal static ContactDelta Read(DocumentElement root, DocumentScope scope)
    {
        var version = RequireNumber(root, "deltaNum", scope);
        var previous = RequireNumber(root, "prevDeltaNum", scope);
        scope.Path = ElementName;
        return new ContactDelta(version, previous)
        {
            AddedGroups = ReadGroups(root, "addedGroup", scope),
            ModifiedGroups = ReadGroups(root, "modifiedGroup", scope),
            AddedContacts = ReadContacts(root, "addedContact", scope),
            ModifiedContacts = ReadContacts(root, "modifiedContact", scope),
            DeletedGroups = ValueList.From(root.ChildrenNamed("deletedGroup").Select(group => RequireNumber(group, "id", scope))),
            DeletedContacts = ValueList.From(
                root.ChildrenNamed("deletedContact").Select(contact => ContactListContact.WithScheme(scope.RequireAttribute(contact, "uri")))),
            Extensions = ElementBuilder.Unknown(
                root, "addedGroup", "modifiedGroup", "addedContact", "modifiedContact", "deletedGroup", "deletedContact"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "deltaNum", "prevDeltaNum"),
        };
    }

    // [MS-SIP] §3.7: groups that are there, contacts that are there, groups that are gone, contacts that are gone.
    internal override DocumentElement Write() => new ElementBuilder("", ElementName)
        .Attribute("deltaNum", ElementBuilder.Text(DeltaNumber))
        .Attribute("prevDeltaNum", ElementBuilder.Text(PreviousDeltaNumber))
        .Children(AddedGroups.Select(group => group.Write("addedGroup")))
        .Children(ModifiedGroups.Select(group => group.Write("modifiedGroup")))
        .Children(AddedContacts.Select(contact => contact.Write("addedContact", withScheme: true)))
        .Children(ModifiedContacts.Select(contact => contact.Write("modifiedContact", withScheme: true)))
        .Children(DeletedGroups.Select(id => new ElementBuilder("", "deletedGroup").Attribute("id", ElementBuilder.Text(id)).Build()))
        .Children(DeletedContacts.Select(uri => new ElementBuilder("", "deletedContact").Attribute("uri", uri).Build()))
        .Extensions(this)
        .Build();

    private static ValueList<ContactListGroup> ReadGroups(DocumentElement root, string name, DocumentScope scope) =>
        ValueList.From(root.ChildrenNamed(name).Select(group => ContactListGroup.Read(group, scope)));

    private static ValueList<ContactListContact> ReadContacts(DocumentElement root, string name, DocumentScope scope) =>
        ValueList.From(root.ChildrenNamed(name).Select(contact => ContactListContact.Read(contact, scope)));

    private static void Put<T>(List<T> items, T item, Predicate<T> isSame)
    {
        var at = items.FindIndex(isSame);
        if (at < 0)
        {
            items.Add(item);
        }
        else
        {
            items[at] = item;
        }
    }
}
