namespace UcSdk.Documents;

/// <summary>Adds a contact, or changes the one with the same address ([MS-SIP] §2.2.4.2, §4.6).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against.</param>
/// <param name="Contact">The contact as it is to be, whole: what is left out is not kept.</param>
public sealed record SetContactCommand(uint DeltaNumber, ContactListContact Contact) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "setContact";
    private const string ExtensionName = "contactExtension";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static SetContactCommand Read(DocumentElement element, DocumentScope scope)
    {
        var contact = new ContactListContact(ReadUri(element, scope))
        {
            Name = element.Child("displayName")?.Text ?? "",
            GroupIds = ContactListContact.ReadGroups(element.ChildText("groups")),
            IsSubscribed = DocumentScope.Boolean(element.ChildText("subscribed")) ?? true,
            ExternalUri = element.ChildText("externalURI") ?? "",
            Extension = ReadExtension(element.Child(ExtensionName)),
        };
        return new SetContactCommand(ReadDelta(element, scope), contact)
        {
            Extensions = ElementBuilder.Unknown(element, "displayName", "groups", "subscribed", "URI", "uri", "externalURI", ExtensionName, "deltaNum"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };
    }

    internal override IEnumerable<DocumentElement> Write()
    {
        var element = Start()
            .Leaf("displayName", Contact.Name)
            .Leaf("groups", ContactListContact.WriteGroups(Contact.GroupIds))
            .Leaf("subscribed", Contact.IsSubscribed)
            .Leaf("URI", Contact.Uri)
            .Leaf("externalURI", Contact.ExternalUri);
        if (Contact.Extension is { } extension)
        {
            element.Child(Copy(extension, Namespaces.SipService));
        }

        return Finish(element);
    }

    // The same element is in the namespace of the requests here and in none in lists; what it holds is the client's own and stays as it is.
    private static DocumentElement? ReadExtension(DocumentElement? extension) => extension is null ? null : Copy(extension, "");

    private static DocumentElement Copy(DocumentElement extension, string ns) => new(ns, ExtensionName)
    {
        Attributes = extension.Attributes,
        Children = extension.Children,
        Text = extension.Text,
    };
}
