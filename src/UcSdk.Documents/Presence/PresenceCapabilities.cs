namespace UcSdk.Documents;

/// <summary>What an endpoint or a user can do ([MS-PRES] §2.2.2.7, element <c>capabilities</c>).</summary>
public sealed record PresenceCapabilities : DocumentPart
{
    /// <summary>The things, in order.</summary>
    public ValueList<PresenceCapability> Items { get; init; } = [];

    /// <summary>Whose they are; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>Whether that endpoint is the best for all of them; null when not said.</summary>
    public bool? Preferred { get; init; }

    /// <summary>The thing with the name; null when it cannot be done.</summary>
    public PresenceCapability? this[string name] => Items.FirstOrDefault(item => item.Name == name);

    /// <summary>How many there are.</summary>
    public override string ToString() => $"{Items.Count} capabilities";

    // Every element of the schema's own namespace is a capability, so one that is new is one too.
    internal static PresenceCapabilities? Of(DocumentElement? element) => element is null ? null : new PresenceCapabilities
    {
        Uri = element.Attribute("uri"),
        Preferred = DocumentScope.Boolean(element.Attribute("preferred")),
        Items = ValueList.From(element.Children.Where(child => child.Namespace == element.Namespace).Select(PresenceCapability.Read)),
        Extensions = ValueList.From(element.Children.Where(child => child.Namespace != element.Namespace)),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri", "preferred"),
    };

    internal DocumentElement Write(string ns) => new ElementBuilder(ns, "capabilities")
        .Attribute("preferred", ElementBuilder.Text(Preferred))
        .Attribute("uri", Uri)
        .Children(Items.Select(item => item.Write(ns)))
        .Extensions(this)
        .Build();
}
