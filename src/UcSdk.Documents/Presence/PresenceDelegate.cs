namespace UcSdk.Documents;

/// <summary>Someone who may act for the user ([MS-PRES] §2.2.2.10.1, element <c>delegate</c>).</summary>
/// <param name="Uri">Its address without scheme.</param>
public sealed record PresenceDelegate(string Uri) : DocumentPart
{
    /// <summary>Whether it may publish for the user; default no.</summary>
    public bool MayPublish { get; init; }

    /// <summary>Whether it may name further delegates; default no.</summary>
    public bool MayRedelegate { get; init; }

    /// <summary>What it may do; never who.</summary>
    public override string ToString() => $"delegate publish {MayPublish} redelegate {MayRedelegate}";

    internal static PresenceDelegate Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "uri"))
    {
        MayPublish = DocumentScope.Boolean(element.Attribute("publish")) ?? false,
        MayRedelegate = DocumentScope.Boolean(element.Attribute("redelegate")) ?? false,
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "uri", "publish", "redelegate"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Delegates, "delegate")
        .Attribute("uri", Uri)
        .Attribute("publish", ElementBuilder.Text(MayPublish))
        .Attribute("redelegate", ElementBuilder.Text(MayRedelegate))
        .Extensions(this)
        .Build();
}
