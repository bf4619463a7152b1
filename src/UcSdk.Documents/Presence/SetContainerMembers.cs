using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Changes who sees what (<see cref="ContentTypes.SetContainerMembers"/>; [MS-PRES] §2.2.2, element <c>setContainerMembers</c>). All of it
/// happens or none; a version that is not the server's is answered with a <see cref="PresenceFault"/>.
/// </summary>
/// <param name="Containers">The containers and what changes in them.</param>
public sealed record SetContainerMembers(ValueList<ContainerChange> Containers) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2 setContainerMembers";

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>setContainerMembers</c> document, or a container or a member in it lacks its key or its action.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SetContainerMembers? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "setContainerMembers", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.ContainerManagement, "setContainerMembers")
        .Children(Containers.Select(container => container.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();

    private static SetContainerMembers Read(DocumentElement root, DocumentScope scope) =>
        new(ValueList.From(root.ChildrenNamed("container").Select(container => ContainerChange.Read(container, scope))))
        {
            Extensions = ElementBuilder.Unknown(root, "container"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
}
