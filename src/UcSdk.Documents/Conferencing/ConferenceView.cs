namespace UcSdk.Documents;

/// <summary>The parts of a conference ([MS-CONFBAS] §2.2.2.2, element <c>conference-view</c>).</summary>
public sealed record ConferenceView : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>The parts.</summary>
    public ValueList<ConferenceEntityView> Entities { get; init; } = [];

    internal static ConferenceView Read(DocumentElement element, DocumentScope scope) => new()
    {
        State = DocumentScope.State(element),
        Entities = ValueList.From(element.ChildrenNamed("entity-view").Select(view => ConferenceEntityView.Read(view, scope))),
        Extensions = ElementBuilder.Unknown(element, "entity-view"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "state"),
    };

    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfoExtensions, "conference-view")
        .Attribute("state", ElementBuilder.Text(State, always: withState), Namespaces.ConferenceInfo)
        .Children(Entities.Select(view => view.Write(withState)))
        .Extensions(this)
        .Build();
}
