namespace UcSdk.Documents;

/// <summary>Where a call goes ([MS-SIPRE] §3.9, element <c>target</c>): to an address or to an application.</summary>
/// <param name="Uri">The address, with scheme; null for an application.</param>
/// <param name="Application">The application, e.g. <see cref="Voicemail"/>; null for an address.</param>
public sealed record RoutingTarget(string? Uri, string? Application = null) : DocumentPart
{
    /// <summary>The user's voice mail.</summary>
    public const string Voicemail = "voicemail";

    /// <summary>The application; never the address.</summary>
    public override string ToString() => $"target {Application ?? "uri"}";

    internal static RoutingTarget Read(DocumentElement element) => new(element.Attribute("uri")?.Trim(), element.Attribute("application")?.Trim())
    {
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri", "application"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Routing, "target")
        .Attribute("uri", Uri)
        .Attribute("application", Application)
        .Extensions(this)
        .Build();
}
