namespace UcSdk.Documents;

/// <summary>Removes a group; its contacts stay in the list ([MS-SIP] §2.2.4.2).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against.</param>
/// <param name="GroupId">The number of the group.</param>
public sealed record DeleteGroupCommand(uint DeltaNumber, uint GroupId) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "deleteGroup";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static DeleteGroupCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ReadDelta(element, scope), ReadNumber(element, "groupID", scope))
        {
            Extensions = ElementBuilder.Unknown(element, "groupID", "deltaNum"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal override IEnumerable<DocumentElement> Write() => Finish(Start().Leaf("groupID", GroupId));
}
