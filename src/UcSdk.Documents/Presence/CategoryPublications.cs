using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Publishes categories of a user (<see cref="ContentTypes.CategoryPublish"/>; [MS-PRES] §2.2.2, element <c>publish</c>). All of it happens or
/// none; a version that is not the server's is answered with a <see cref="PresenceFault"/>, success with a <see cref="RoamingSelf"/>.
/// </summary>
/// <param name="Uri">Whose presence it is, with scheme.</param>
public sealed record CategoryPublications(string Uri) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2 publish";

    /// <summary>The publications, in the order by which a fault counts them.</summary>
    public ValueList<CategoryPublication> Publications { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>publish</c> document with URI, or a publication in it lacks a part of its key.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out CategoryPublications? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "publish", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.RichPresence, "publish")
        .Child(new ElementBuilder(Namespaces.RichPresence, "publications")
            .Attribute("uri", Uri)
            .Children(Publications.Select(publication => publication.Write()))
            .Extensions(this)
            .Build())
        .Build()
        .ToBytes();

    /// <summary>How many publications there are; never whose.</summary>
    public override string ToString() => $"publish, {Publications.Count} publications";

    private static CategoryPublications Read(DocumentElement root, DocumentScope scope)
    {
        var publications = scope.RequireChild(root, "publications");
        return new CategoryPublications(scope.RequireAttribute(publications, "uri"))
        {
            Publications = ValueList.From(publications.ChildrenNamed("publication").Select(publication => CategoryPublication.Read(publication, scope))),
            Extensions = ElementBuilder.Unknown(publications, "publication"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(publications, "uri"),
        };
    }
}
