namespace UcSdk.Documents;

/// <summary>Adds a group; the answer, <see cref="AddGroupResult"/>, says its number ([MS-SIP] §2.2.4.2).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against.</param>
/// <param name="GroupName">The name of the new group.</param>
public sealed record AddGroupCommand(uint DeltaNumber, string GroupName) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "addGroup";

    /// <inheritdoc/>
    public override string Name => ElementName;

    /// <summary>Where more about the group is found (<see cref="ContactListGroup.ExternalUri"/>); empty for nowhere.</summary>
    public string ExternalUri { get; init; } = "";

    internal static AddGroupCommand Read(DocumentElement element, DocumentScope scope) =>
        new(ReadDelta(element, scope), scope.RequireChild(element, "name").Text)
        {
            ExternalUri = element.ChildText("externalURI") ?? "",
            Extensions = ElementBuilder.Unknown(element, "name", "externalURI", "deltaNum"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal override IEnumerable<DocumentElement> Write() => Finish(Start().Leaf("name", GroupName).Leaf("externalURI", ExternalUri));
}
