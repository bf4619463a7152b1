using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The users that one subscription watches, as before categories (<see cref="ContentTypes.AdhocList"/>; [MS-SIP] §3.3.4.1, element <c>adhoclist</c>).</summary>
/// <param name="Uri">The watcher, with scheme.</param>
public sealed record AdhocList(string Uri) : DocumentPart
{
    private const string Rule = "[MS-SIP] §3.3.4.1 adhoclist";

    /// <summary>The name of the list; normally the watcher.</summary>
    public string Name { get; init; } = "";

    /// <summary>The users.</summary>
    public ValueList<BatchResource> Resources { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not an <c>adhoclist</c> document with URI, or a resource in it has none.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out AdhocList? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "adhoclist", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.AdhocList, "adhoclist")
        .Attribute("uri", Uri)
        .Attribute("name", Name)
        .Child(new ElementBuilder("", "create").Children(Resources.Select(resource => resource.Write(""))).Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How many users there are; never whom.</summary>
    public override string ToString() => $"adhoclist, {Resources.Count} resources";

    private static AdhocList Read(DocumentElement root, DocumentScope scope) => new(scope.RequireAttribute(root, "uri"))
    {
        Name = root.Attribute("name") ?? "",
        Resources = root.Child("create") is { } create
            ? ValueList.From(create.ChildrenNamed("resource").Select(resource => BatchResource.Read(resource, scope)))
            : [],
        Extensions = ElementBuilder.Unknown(root, "create"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "uri", "name"),
    };
}
