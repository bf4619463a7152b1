namespace UcSdk.Documents;

/// <summary>One medium of an endpoint in a conference (RFC 4575 §5.8, with the extensions of [MS-CONFAV] §2.2.1).</summary>
/// <param name="Id">The key of the medium within its endpoint.</param>
public sealed record ConferenceMedia(string Id) : DocumentPart
{
    /// <summary>A name for people; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>The kind, e.g. <c>audio</c>, <c>video</c>, <c>chat</c>; null when not said.</summary>
    public string? Type { get; init; }

    /// <summary>The label, e.g. <c>main-audio</c>; null when not said.</summary>
    public string? Label { get; init; }

    /// <summary>The SSRC with which the endpoint sends, in decimal; null when not said.</summary>
    public string? SourceId { get; init; }

    /// <summary>The direction, one of <see cref="MediaStatuses"/>; null when not said.</summary>
    public string? Status { get; init; }

    /// <summary>Whether the medium flows, e.g. <c>connected</c>; null when not said.</summary>
    public string? MediaState { get; init; }

    /// <summary>Whether the conference listens to the endpoint, one of <see cref="MediaFilters"/>; null when not said.</summary>
    public string? IngressFilter { get; init; }

    /// <summary>Whether the endpoint may listen to the conference, one of <see cref="MediaFilters"/>; null when not said.</summary>
    public string? EgressFilter { get; init; }

    /// <summary>The number under which the conference announces this source to the others; null when not said.</summary>
    public uint? MediaSourceId { get; init; }

    /// <summary>The kind and the key.</summary>
    public override string ToString() => $"media {Id} {Type}";

    internal static ConferenceMedia Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "id"))
    {
        DisplayText = element.ChildText("display-text"),
        Type = element.ChildText("type"),
        Label = element.ChildText("label"),
        SourceId = element.ChildText("src-id"),
        Status = element.ChildText("status"),
        MediaState = element.ChildText("media-state"),
        IngressFilter = element.ChildText("media-ingress-filter"),
        EgressFilter = element.ChildText("media-egress-filter"),
        MediaSourceId = DocumentScope.Number(element.ChildText("media-source-id")),
        Extensions = ElementBuilder.Unknown(
            element, "display-text", "type", "label", "src-id", "status", "media-state", "media-ingress-filter", "media-egress-filter", "media-source-id"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfo, "media")
        .Attribute("id", Id)
        .Leaf("display-text", DisplayText)
        .Leaf("type", Type)
        .Leaf("label", Label)
        .Leaf("src-id", SourceId)
        .Leaf("status", Status)
        .Leaf("media-state", MediaState, Namespaces.ConferenceInfoExtensions)
        .Leaf("media-ingress-filter", IngressFilter, Namespaces.ConferenceInfoExtensions)
        .Leaf("media-egress-filter", EgressFilter, Namespaces.ConferenceInfoExtensions)
        .Leaf("media-source-id", MediaSourceId, Namespaces.ConferenceInfoExtensions)
        .Extensions(this)
        .Build();
}
