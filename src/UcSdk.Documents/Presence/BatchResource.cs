namespace UcSdk.Documents;

/// <summary>A user to watch or to watch no more ([MS-PRES] §2.2.2.4.1, element <c>resource</c>).</summary>
/// <param name="Uri">Its address with scheme.</param>
public sealed record BatchResource(string Uri) : DocumentPart
{
    /// <summary>What the watched user is told of the wish; there (if empty) for a contact that was just added; null for none.</summary>
    public DocumentElement? Context { get; init; }

    /// <summary>The resource of a contact that was just added, of which its user is to be told.</summary>
    public static BatchResource JustAdded(string uri) => new(uri) { Context = new DocumentElement(Namespaces.BatchSubscribe, "context") };

    /// <summary>Whether there is a context; never who is watched.</summary>
    public override string ToString() => Context is null ? "resource" : "resource with context";

    internal static BatchResource Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "uri"))
    {
        Context = element.Child("context"),
        Extensions = ElementBuilder.Unknown(element, "context"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri"),
    };

    internal DocumentElement Write(string ns) => new ElementBuilder(ns, "resource")
        .Attribute("uri", Uri)
        .Child(Context)
        .Extensions(this)
        .Build();
}
