namespace UcSdk.Documents;

/// <summary>Who may act for the user ([MS-PRES] §2.2.2.10.1, element <c>delegates</c>).</summary>
/// <param name="Version">The version that the next change of the list must name.</param>
public sealed record PresenceDelegates(uint Version) : DocumentPart
{
    /// <summary>The delegates.</summary>
    public ValueList<PresenceDelegate> Delegates { get; init; } = [];

    /// <summary>How many there are; never who.</summary>
    public override string ToString() => $"delegates version {Version}, {Delegates.Count}";

    internal static PresenceDelegates Read(DocumentElement element, DocumentScope scope) => new(DocumentScope.Number(element.Attribute("version")) ?? 0)
    {
        Delegates = ValueList.From(element.ChildrenNamed("delegate").Select(one => PresenceDelegate.Read(one, scope))),
        Extensions = ElementBuilder.Unknown(element, "delegate"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "version"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Delegates, "delegates")
        .Attribute("version", ElementBuilder.Text(Version))
        .Children(Delegates.Select(one => one.Write()))
        .Extensions(this)
        .Build();
}
