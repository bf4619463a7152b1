namespace UcSdk.Documents;

/// <summary>Where a resource or a service is ([MS-OCDISCWS] §2.2.5.5).</summary>
/// <param name="Token">What it is, of <see cref="AutodiscoverTokens"/> or another.</param>
/// <param name="Href">Its URL as written, without white space around it; may be empty.</param>
public sealed record AutodiscoverLink(string Token, string Href) : DocumentPart
{
    // §2.2.5.1 demands both; an element without them is kept as what it is.
    internal static AutodiscoverLink? Of(DocumentElement element) =>
        element is { Name: "Link" } && element.Attribute("token")?.Trim() is { Length: > 0 } token && element.Attribute("href") is { } href
            ? new AutodiscoverLink(token, href.Trim())
            {
                Extensions = element.Children,
                ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "token", "href"),
            }
            : null;

    internal DocumentElement Write() => new ElementBuilder("", "Link").Attribute("token", Token).Attribute("href", Href).Extensions(this).Build();
}
