using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Categories of one user (<see cref="ContentTypes.Categories"/>; [MS-PRES] §2.2.2, element <c>categories</c>).</summary>
/// <param name="Uri">Whose they are, with scheme.</param>
public sealed record PresenceCategories(string Uri) : DocumentPart
{
    internal const string Rule = "[MS-PRES] §2.2.2 categories";

    /// <summary>The categories.</summary>
    public ValueList<PresenceCategory> Categories { get; init; } = [];

    /// <summary>The categories of the name.</summary>
    public IEnumerable<PresenceCategory> Named(string name) => Categories.Where(category => category.Name == name);

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not a <c>categories</c> document with URI, or a category in it has no name.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out PresenceCategories? categories,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "categories", Read, out categories, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => Write().ToBytes();

    /// <summary>How many categories there are; never whose.</summary>
    public override string ToString() => $"categories, {Categories.Count}";

    internal static PresenceCategories Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "uri"))
    {
        Categories = PresenceText.Each(element, "category", scope, PresenceCategory.Read),
        Extensions = ElementBuilder.Unknown(element, "category"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Categories, "categories")
        .Attribute("uri", Uri)
        .Children(Categories.Select(category => category.Write()))
        .Extensions(this)
        .Build();
}
