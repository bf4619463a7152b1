namespace UcSdk.Documents;

/// <summary>One state of a resource in a notification about a list (RFC 4662 §5.4, element <c>instance</c>).</summary>
/// <param name="Id">The key of the instance within its resource.</param>
/// <param name="State">What became of its subscription, of <see cref="ResourceInstanceStates"/>.</param>
public sealed record ResourceInstance(string Id, string State) : DocumentPart
{
    /// <summary>Why the subscription ended or must be made anew; null when not said.</summary>
    public string? Reason { get; init; }

    /// <summary>The content id of the body part that holds the state; null when none does.</summary>
    public string? ContentId { get; init; }

    /// <summary>Where to subscribe, for <see cref="ResourceInstanceStates.Resubscribe"/> ([MS-PRES] §3.4.5.1.3); null when not said.</summary>
    public string? PoolFqdn { get; init; }

    /// <summary>The state and its reason.</summary>
    public override string ToString() => $"instance {Id} {State} {Reason}";

    internal static ResourceInstance Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "id"), scope.RequireAttribute(element, "state"))
    {
        Reason = element.Attribute("reason"),
        ContentId = element.Attribute("cid"),
        PoolFqdn = element.Attribute("poolFqdn"),
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id", "state", "reason", "cid", "poolFqdn"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ResourceList, "instance")
        .Attribute("id", Id)
        .Attribute("state", State)
        .Attribute("reason", Reason)
        .Attribute("cid", ContentId)
        .Attribute("poolFqdn", PoolFqdn)
        .Extensions(this)
        .Build();
}
