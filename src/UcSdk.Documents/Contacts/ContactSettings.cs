namespace UcSdk.Documents;

/// <summary>
/// What clients keep with a contact for themselves (<c>contactSettings</c> in a contact's <c>contactExtension</c>). Its content is the clients' own; what
/// this type does not know is kept.
/// </summary>
public sealed record ContactSettings : DocumentPart
{
    internal const string ElementName = "contactSettings";

    /// <summary>The contact's number in the user's mailbox, a GUID; null when there is none.</summary>
    public string? ContactId { get; init; }

    /// <summary>The namespace in which the client wrote it; empty, the default, for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether there is an id; never the content.</summary>
    public override string ToString() => ContactId is null ? ElementName : $"{ElementName} with id";

    internal static ContactSettings Read(DocumentElement element) => new()
    {
        ContactId = element.Attribute("contactId"),
        Namespace = element.Namespace,
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "contactId"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespace, ElementName).Attribute("contactId", ContactId).Extensions(this).Build();
}
