namespace UcSdk.Documents;

/// <summary>Changes to the members of one container ([MS-PRES] §2.2.2, <c>setContainerMembers/container</c>).</summary>
/// <param name="Id">The container, of <see cref="PresenceContainerIds"/>.</param>
/// <param name="Version">The version of the container as last known; 0 for one that is not known yet.</param>
public sealed record ContainerChange(uint Id, uint Version) : DocumentPart
{
    /// <summary>The changes, in order.</summary>
    public ValueList<ContainerMemberChange> Members { get; init; } = [];

    /// <summary>The container and how many changes there are.</summary>
    public override string ToString() => $"container {Id} version {Version}, {Members.Count} changes";

    internal static ContainerChange Read(DocumentElement element, DocumentScope scope) =>
        new(PresenceText.RequireNumber(scope, element, "id"), DocumentScope.Number(element.Attribute("version")) ?? 0)
        {
            Members = ValueList.From(element.ChildrenNamed("member").Select(member => ContainerMemberChange.Read(member, scope))),
            Extensions = ElementBuilder.Unknown(element, "member"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id", "version"),
        };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ContainerManagement, "container")
        .Attribute("id", ElementBuilder.Text(Id))
        .Attribute("version", ElementBuilder.Text(Version))
        .Children(Members.Select(member => member.Write()))
        .Extensions(this)
        .Build();
}
