namespace UcSdk.Documents;

/// <summary>One resource of a list (RFC 4662 §5.3, element <c>resource</c>).</summary>
/// <param name="Uri">Its address with scheme.</param>
public sealed record ListedResource(string Uri) : DocumentPart
{
    /// <summary>Its states; with one subscription for each resource there is one.</summary>
    public ValueList<ResourceInstance> Instances { get; init; } = [];

    /// <summary>How many states there are; never whose.</summary>
    public override string ToString() => $"resource with {Instances.Count} instances";

    internal static ListedResource Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "uri"))
    {
        Instances = ValueList.From(element.ChildrenNamed("instance").Select(instance => ResourceInstance.Read(instance, scope))),
        Extensions = ElementBuilder.Unknown(element, "instance"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ResourceList, "resource")
        .Attribute("uri", Uri)
        .Children(Instances.Select(instance => instance.Write()))
        .Extensions(this)
        .Build();
}
