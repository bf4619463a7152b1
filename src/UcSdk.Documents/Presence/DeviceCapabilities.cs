namespace UcSdk.Documents;

/// <summary>What one endpoint is and can do: the content of the category device ([MS-PRES] §2.2.2.7, element <c>device</c>).</summary>
/// <param name="EndpointId">The endpoint, a UUID.</param>
public sealed record DeviceCapabilities(string EndpointId) : DocumentPart
{
    /// <summary>What it can do; null when not said.</summary>
    public PresenceCapabilities? Capabilities { get; init; }

    /// <summary>Its time zone, as midnight there: <c>00:00:00+01:00</c>; null when not said.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Its name; null when not said.</summary>
    public string? MachineName { get; init; }

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The device; null when the content is none or is something else.</returns>
    public static DeviceCapabilities? Of(DocumentElement? content) => content?.Name != "device" ? null : new DeviceCapabilities(content.Attribute("endpointId")?.Trim() ?? "")
    {
        Capabilities = PresenceCapabilities.Of(content.Child("capabilities")),
        TimeZone = content.ChildText("timezone"),
        MachineName = content.ChildText("machineName"),
        Extensions = ElementBuilder.Unknown(content, "capabilities", "timezone", "machineName"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(content, "endpointId"),
    };

    /// <summary>The device as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.DeviceCapabilities, "device")
        .Attribute("endpointId", EndpointId)
        .Child(Capabilities?.Write(Namespaces.DeviceCapabilities))
        .Leaf("timezone", TimeZone)
        .Leaf("machineName", MachineName)
        .Extensions(this)
        .Build();

    /// <summary>How much it can do; never which it is.</summary>
    public override string ToString() => $"device with {Capabilities?.Items.Count ?? 0} capabilities";
}
