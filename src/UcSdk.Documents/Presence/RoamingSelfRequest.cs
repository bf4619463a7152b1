using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Subscribes to one's own presence (<see cref="ContentTypes.RoamingSelf"/>; [MS-PRES] §2.2.2, element <c>roamingList</c>).</summary>
/// <param name="Parts">What is wanted, of <see cref="RoamingSelfParts"/>.</param>
public sealed record RoamingSelfRequest(ValueList<string> Parts) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2 roamingList";

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>roamingList</c>, or an entry of it has no type.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out RoamingSelfRequest? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "roamingList", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.RoamingSelf, "roamingList")
        .Children(Parts.Select(part => new ElementBuilder(Namespaces.RoamingSelf, "roaming").Attribute("type", part).Build()))
        .Extensions(this)
        .Build()
        .ToBytes();

    private static RoamingSelfRequest Read(DocumentElement root, DocumentScope scope) =>
        new(ValueList.From(root.ChildrenNamed("roaming").Select(roaming => scope.RequireAttribute(roaming, "type"))))
        {
            Extensions = ElementBuilder.Unknown(root, "roaming"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
}
