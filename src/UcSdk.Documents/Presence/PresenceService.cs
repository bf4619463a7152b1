namespace UcSdk.Documents;

/// <summary>What can be done at one address of a user ([MS-PRES] §2.2.2.7, element <c>service</c>).</summary>
/// <param name="Uri">The address, with scheme.</param>
public sealed record PresenceService(string Uri) : DocumentPart
{
    /// <summary>What can be done; null when not said.</summary>
    public PresenceCapabilities? Capabilities { get; init; }

    /// <summary>How much can be done; never where.</summary>
    public override string ToString() => $"service with {Capabilities?.Items.Count ?? 0} capabilities";

    internal static PresenceService Read(DocumentElement element) => new(element.Attribute("uri")?.Trim() ?? "")
    {
        Capabilities = PresenceCapabilities.Of(element.Child("capabilities")),
        Extensions = ElementBuilder.Unknown(element, "capabilities"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ServiceCapabilities, "service")
        .Attribute("uri", Uri)
        .Child(Capabilities?.Write(Namespaces.ServiceCapabilities))
        .Extensions(this)
        .Build();
}
