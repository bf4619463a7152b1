namespace UcSdk.Documents;

/// <summary>A container and who is in it ([MS-PRES] §2.2.2, element <c>container</c>).</summary>
/// <param name="Id">The container, of <see cref="PresenceContainerIds"/>.</param>
public sealed record PresenceContainer(uint Id) : DocumentPart
{
    /// <summary>The version that the next change of its members must name; default 0.</summary>
    public uint Version { get; init; }

    /// <summary>The members.</summary>
    public ValueList<ContainerMember> Members { get; init; } = [];

    /// <summary>The number and how many members there are; never who.</summary>
    public override string ToString() => $"container {Id} version {Version} with {Members.Count} members";

    internal static PresenceContainer Read(DocumentElement element, DocumentScope scope) => new(PresenceText.RequireNumber(scope, element, "id"))
    {
        Version = DocumentScope.Number(element.Attribute("version")) ?? 0,
        Members = ValueList.From(element.ChildrenNamed("member").Select(member => ContainerMember.Read(member, scope))),
        Extensions = ElementBuilder.Unknown(element, "member"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id", "version"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Containers, "container")
        .Attribute("id", ElementBuilder.Text(Id))
        .Attribute("version", ElementBuilder.Text(Version))
        .Children(Members.Select(member => member.Write(Namespaces.Containers)))
        .Extensions(this)
        .Build();
}
