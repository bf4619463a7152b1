namespace UcSdk.Documents;

/// <summary>The overall state of a conference (RFC 4575 §5.4).</summary>
public sealed record ConferenceState : DocumentPart
{
    /// <summary>How many participants there are; null when not said.</summary>
    public uint? UserCount { get; init; }

    /// <summary>Whether the conference runs; null when not said.</summary>
    public bool? Active { get; init; }

    /// <summary>Whether nobody else may join; null when not said.</summary>
    public bool? Locked { get; init; }

    internal static ConferenceState Read(DocumentElement element) => new()
    {
        UserCount = DocumentScope.Number(element.ChildText("user-count")),
        Active = DocumentScope.Boolean(element.ChildText("active")),
        Locked = DocumentScope.Boolean(element.ChildText("locked")),
        Extensions = ElementBuilder.Unknown(element, "user-count", "active", "locked"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfo, "conference-state")
        .Leaf("user-count", UserCount)
        .Leaf("active", Active)
        .Leaf("locked", Locked)
        .Extensions(this)
        .Build();
}
