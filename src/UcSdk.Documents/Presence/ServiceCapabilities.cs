namespace UcSdk.Documents;

/// <summary>What a user can be reached by, over all endpoints: the content of the category services ([MS-PRES] §2.2.2.7, element <c>services</c>).</summary>
public sealed record ServiceCapabilities : DocumentPart
{
    /// <summary>The services; normally one, at the user's address.</summary>
    public ValueList<PresenceService> Services { get; init; } = [];

    /// <summary>The first capability with the name at any address; null when it cannot be done.</summary>
    public PresenceCapability? this[string name] => Services.Select(service => service.Capabilities?[name]).FirstOrDefault(capability => capability is not null);

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The services; null when the content is none or is something else.</returns>
    public static ServiceCapabilities? Of(DocumentElement? content) => content?.Name != "services" ? null : new ServiceCapabilities
    {
        Services = ValueList.From(content.ChildrenNamed("service").Select(PresenceService.Read)),
        Extensions = ElementBuilder.Unknown(content, "service"),
        ExtensionAttributes = content.Attributes,
    };

    /// <summary>The services as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.ServiceCapabilities, "services")
        .Children(Services.Select(service => service.Write()))
        .Extensions(this)
        .Build();

    /// <summary>How many services there are.</summary>
    public override string ToString() => $"{Services.Count} services";
}
