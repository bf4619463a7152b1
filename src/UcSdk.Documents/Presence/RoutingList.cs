namespace UcSdk.Documents;

/// <summary>Targets of calls ([MS-SIPRE] §3.9, element <c>list</c>).</summary>
/// <param name="Name">What they are for, of <see cref="RoutingLists"/>.</param>
public sealed record RoutingList(string Name) : DocumentPart
{
    /// <summary>The targets, in order.</summary>
    public ValueList<RoutingTarget> Targets { get; init; } = [];

    /// <summary>The name and how many targets there are; never which.</summary>
    public override string ToString() => $"list {Name} of {Targets.Count}";

    internal static RoutingList Read(DocumentElement element) => new(element.Attribute("name")?.Trim() ?? "")
    {
        Targets = ValueList.From(element.ChildrenNamed("target").Select(RoutingTarget.Read)),
        Extensions = ElementBuilder.Unknown(element, "target"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "name"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Routing, "list")
        .Attribute("name", Name)
        .Children(Targets.Select(target => target.Write()))
        .Extensions(this)
        .Build();
}
