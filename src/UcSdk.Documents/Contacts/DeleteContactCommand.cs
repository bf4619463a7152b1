namespace UcSdk.Documents;

/// <summary>Removes a contact from the list and all its groups ([MS-SIP] §2.2.4.2).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against.</param>
/// <param name="Uri">The address of the contact, with scheme.</param>
public sealed record DeleteContactCommand(uint DeltaNumber, string Uri) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "deleteContact";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static DeleteContactCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ReadDelta(element, scope), ReadUri(element, scope))
        {
            Extensions = ElementBuilder.Unknown(element, "URI", "uri", "deltaNum"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal override IEnumerable<DocumentElement> Write() => Finish(Start().Leaf("URI", Uri));
}
