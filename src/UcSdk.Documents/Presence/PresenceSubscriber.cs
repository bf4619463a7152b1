namespace UcSdk.Documents;

/// <summary>Someone who watches the user ([MS-PRES] §2.2.2, element <c>subscriber</c>).</summary>
/// <param name="User">Its address without scheme.</param>
public sealed record PresenceSubscriber(string User) : DocumentPart
{
    /// <summary>Its name; null when not said.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the user knows of it; null when not said.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>Where it comes from, of <see cref="ContainerMemberTypes"/>; null when not said.</summary>
    public string? Type { get; init; }

    /// <summary>What came with the wish to watch; null when nothing did.</summary>
    public DocumentElement? Context { get; init; }

    /// <summary>Whether it is acknowledged; never who.</summary>
    public override string ToString() => $"subscriber {Type} acknowledged {Acknowledged}";

    internal static PresenceSubscriber Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "user"))
    {
        DisplayName = element.Attribute("displayName"),
        Acknowledged = DocumentScope.Boolean(element.Attribute("acknowledged")),
        Type = element.Attribute("type"),
        Context = element.Child("context"),
        Extensions = ElementBuilder.Unknown(element, "context"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "user", "displayName", "acknowledged", "type"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.PresenceSubscribers, "subscriber")
        .Attribute("user", User)
        .Attribute("displayName", DisplayName)
        .Attribute("acknowledged", ElementBuilder.Text(Acknowledged))
        .Attribute("type", Type)
        .Child(Context)
        .Extensions(this)
        .Build();
}
