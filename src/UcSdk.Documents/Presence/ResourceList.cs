using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Which part of a notification is about which resource (<see cref="ContentTypes.ResourceList"/>; RFC 4662 §5, element <c>list</c>).</summary>
/// <param name="Uri">The list, with scheme.</param>
/// <param name="Version">The number of the notification, from 0, one more for each.</param>
/// <param name="FullState">Whether all resources of the list are in it.</param>
public sealed record ResourceList(string Uri, uint Version, bool FullState) : DocumentPart
{
    private const string Rule = "RFC 4662 §5.2";

    /// <summary>The resources.</summary>
    public ValueList<ListedResource> Resources { get; init; } = [];

    /// <summary>Reads a list.</summary>
    /// <returns>False when the body is not a <c>list</c> document with URI and version, or a resource or instance in it lacks its key.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ResourceList? list,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "list", Read, out list, out error);

    /// <summary>The list as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.ResourceList, "list")
        .Attribute("uri", Uri)
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("fullState", ElementBuilder.Text(FullState))
        .Children(Resources.Select(resource => resource.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The version and how many resources there are; never which.</summary>
    public override string ToString() => $"list version {Version}, {Resources.Count} resources";

    private static ResourceList Read(DocumentElement root, DocumentScope scope) => new(
        scope.RequireAttribute(root, "uri"),
        PresenceText.RequireNumber(scope, root, "version"),
        DocumentScope.Boolean(root.Attribute("fullState")) ?? false)
    {
        Resources = ValueList.From(root.ChildrenNamed("resource").Select(resource => ListedResource.Read(resource, scope))),
        Extensions = ElementBuilder.Unknown(root, "resource"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "uri", "version", "fullState"),
    };
}
