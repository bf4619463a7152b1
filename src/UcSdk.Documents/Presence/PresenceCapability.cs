namespace UcSdk.Documents;

/// <summary>One thing that an endpoint or a user can do, e.g. <c>text</c>, <c>voice</c>, <c>video</c> ([MS-PRES] §2.2.2.7, <c>capabilities/*</c>).</summary>
/// <param name="Name">The thing, which is the name of the element.</param>
public sealed record PresenceCapability(string Name) : DocumentPart
{
    /// <summary>Whether it can be shown there; null when not said.</summary>
    public bool? Render { get; init; }

    /// <summary>Whether it can be made there; null when not said.</summary>
    public bool? Capture { get; init; }

    /// <summary>Whether it can be published from there; null when not said.</summary>
    public bool? Publish { get; init; }

    /// <summary>Whether that endpoint is the best for it; null when not said.</summary>
    public bool? Preferred { get; init; }

    /// <summary>How available the endpoint is, on the scale of <see cref="PresenceAvailabilities"/>; null when not said.</summary>
    public uint? DeviceAvailability { get; init; }

    /// <summary>The best endpoint for it; null when not said.</summary>
    public string? PreferredEndpointId { get; init; }

    /// <summary>Where to reach it; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>The thing.</summary>
    public override string ToString() => $"capability {Name}";

    internal static PresenceCapability Read(DocumentElement element) => new(element.Name)
    {
        Render = DocumentScope.Boolean(element.Attribute("render")),
        Capture = DocumentScope.Boolean(element.Attribute("capture")),
        Publish = DocumentScope.Boolean(element.Attribute("publish")),
        Preferred = DocumentScope.Boolean(element.Attribute("preferred")),
        DeviceAvailability = DocumentScope.Number(element.Attribute("deviceAvailability")),
        PreferredEndpointId = element.Attribute("preferredEndpointId"),
        Uri = element.Attribute("uri"),
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(
            element, "render", "capture", "publish", "preferred", "deviceAvailability", "preferredEndpointId", "uri"),
    };

    internal DocumentElement Write(string ns) => new ElementBuilder(ns, Name)
        .Attribute("render", ElementBuilder.Text(Render))
        .Attribute("capture", ElementBuilder.Text(Capture))
        .Attribute("publish", ElementBuilder.Text(Publish))
        .Attribute("preferred", ElementBuilder.Text(Preferred))
        .Attribute("deviceAvailability", ElementBuilder.Text(DeviceAvailability))
        .Attribute("preferredEndpointId", PreferredEndpointId)
        .Attribute("uri", Uri)
        .Extensions(this)
        .Build();
}
