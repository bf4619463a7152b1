namespace UcSdk.Documents;

/// <summary>Gives a group another name or <c>externalURI</c> ([MS-SIP] §2.2.4.2).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against.</param>
/// <param name="GroupId">The number of the group.</param>
/// <param name="GroupName">Its name from now on.</param>
public sealed record ModifyGroupCommand(uint DeltaNumber, uint GroupId, string GroupName) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "modifyGroup";

    /// <inheritdoc/>
    public override string Name => ElementName;

    /// <summary>Where more about the group is found from now on (<see cref="ContactListGroup.ExternalUri"/>); empty for nowhere.</summary>
    public string ExternalUri { get; init; } = "";

    internal static ModifyGroupCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ReadDelta(element, scope), ReadNumber(element, "groupID", scope), scope.RequireChild(element, "name").Text)
        {
            ExternalUri = element.ChildText("externalURI") ?? "",
            Extensions = ElementBuilder.Unknown(element, "groupID", "name", "externalURI", "deltaNum"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal override IEnumerable<DocumentElement> Write() =>
        Finish(Start().Leaf("groupID", GroupId).Leaf("name", GroupName).Leaf("externalURI", ExternalUri));
}
