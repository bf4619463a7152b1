namespace UcSdk.Documents;

/// <summary>A user's whole contact list ([MS-SIP] §2.2.4.1, element <c>contactList</c>).</summary>
/// <param name="DeltaNumber">Its version, at least 1.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Contacts">The contacts.</param>
public sealed record ContactList(uint DeltaNumber, ValueList<ContactListGroup> Groups, ValueList<ContactListContact> Contacts)
    : ContactListNotification(DeltaNumber)
{
    internal const string ElementName = "contactList";

    /// <summary>
    /// Where the list is kept (attribute <c>ucsMode</c>, [MS-PRES] §10), e.g. <c>migrated</c> for a list that has gone to Exchange; null when not said.
    /// </summary>
    public string? UcsMode { get; init; }

    /// <summary>The group for contacts that the user has put into none (<see cref="ContactListGroup.IsDefault"/>), else the first; null without groups.</summary>
    public ContactListGroup? DefaultGroup => Groups.FirstOrDefault(group => group.IsDefault) ?? (Groups.Count > 0 ? Groups[0] : null);

    /// <summary>The group with the id; null when there is none.</summary>
    public ContactListGroup? Group(uint id) => Groups.FirstOrDefault(group => group.Id == id);

    /// <summary>The contact with the URI, compared without regard to case; null when there is none.</summary>
    public ContactListContact? Contact(string uri) => Contacts.FirstOrDefault(contact => contact.HasUri(uri));

    /// <summary>The version and how much the list holds; never what.</summary>
    public override string ToString() => $"contactList {DeltaNumber}: {Groups.Count} groups, {Contacts.Count} contacts";

    internal static ContactList Read(DocumentElement root, DocumentScope scope)
    {
        var version = RequireNumber(root, "deltaNum", scope);
        scope.Path = ElementName;
        return new ContactList(
            version,
            ValueList.From(root.ChildrenNamed(ContactListGroup.ElementName).Select(group => ContactListGroup.Read(group, scope))),
            ValueList.From(root.ChildrenNamed(ContactListContact.ElementName).Select(contact => ContactListContact.Read(contact, scope))))
        {
            UcsMode = root.Attribute("ucsMode") ?? root.Attribute("ucsmode"),
            Extensions = ElementBuilder.Unknown(root, ContactListGroup.ElementName, ContactListContact.ElementName),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "deltaNum", "ucsMode", "ucsmode"),
        };
    }

    internal override DocumentElement Write() => new ElementBuilder("", ElementName)
        .Attribute("deltaNum", ElementBuilder.Text(DeltaNumber))
        .Attribute("ucsMode", UcsMode)
        .Children(Groups.Select(group => group.Write(ContactListGroup.ElementName)))
        .Children(Contacts.Select(contact => contact.Write(ContactListContact.ElementName, withScheme: false)))
        .Extensions(this)
        .Build();
}
