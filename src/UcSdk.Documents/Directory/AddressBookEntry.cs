namespace UcSdk.Documents;

/// <summary>An entry of the address book: attributes with one value or several.</summary>
/// <param name="Attributes">The attributes, in order.</param>
public sealed record AddressBookEntry(ValueList<AddressBookAttribute> Attributes) : DocumentPart
{
    /// <summary>The first value of the attribute, its name compared without regard to case; null when there is none.</summary>
    public string? this[string attribute] =>
        Attributes.FirstOrDefault(known => known.Name.Equals(attribute, StringComparison.OrdinalIgnoreCase)) is { Values.Count: > 0 } found ? found.Values[0] : null;

    /// <summary>The SIP address; null for an entry without one.</summary>
    public string? SipAddress => this[DirectoryAttributes.SipAddress];

    /// <summary>How many attributes there are; never their values.</summary>
    public override string ToString() => $"entry of {Attributes.Count} attributes";

    internal static AddressBookEntry Read(DocumentElement element) =>
        new(ValueList.From((element.Child("Attributes")?.ChildrenNamed("Attribute") ?? []).Select(AddressBookAttribute.Read)))
        {
            Extensions = ElementBuilder.Unknown(element, "Attributes"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.AddressBook, "AbEntry")
        .Child(new ElementBuilder(Namespaces.AddressBook, "Attributes").Children(Attributes.Select(attribute => attribute.Write())).Build())
        .Extensions(this)
        .Build();
}
