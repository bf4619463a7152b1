namespace UcSdk.Documents;

/// <summary>One part of a conference as it presents itself ([MS-CONFBAS] §2.2.2.2, element <c>entity-view</c>).</summary>
/// <param name="Entity">The URI of the part, which is the key; in addConference just its type, one of <see cref="ConferenceEntityTypes"/>.</param>
public sealed record ConferenceEntityView(string Entity) : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>What the part can do, as it came; null when not said.</summary>
    public DocumentElement? Capabilities { get; init; }

    /// <summary>The state of the part; null when not said.</summary>
    public ConferenceEntityState? EntityState { get; init; }

    /// <summary>The part and how the element is to be merged.</summary>
    public override string ToString() => $"entity-view {Entity} {State}";

    internal static ConferenceEntityView Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "entity"))
    {
        State = DocumentScope.State(element),
        Capabilities = element.Child("entity-capabilities"),
        EntityState = element.Child("entity-state") is { } state ? ConferenceEntityState.Read(state) : null,
        Extensions = ElementBuilder.Unknown(element, "entity-capabilities", "entity-state"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "entity", "state"),
    };

    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfoExtensions, "entity-view")
        .Attribute("state", ElementBuilder.Text(State, always: withState), Namespaces.ConferenceInfo)
        .Attribute("entity", Entity)
        .Child(Capabilities)
        .Child(EntityState?.Write())
        .Extensions(this)
        .Build();
}
