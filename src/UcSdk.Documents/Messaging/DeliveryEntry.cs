namespace UcSdk.Documents;

/// <summary>One thing that a server says of a failed delivery ([MS-CONFIM] §2.2.1, element <c>entry</c>).</summary>
/// <param name="Key">What it is, e.g. <see cref="DeliveryRecipient.DiagnosticsKey"/>.</param>
/// <param name="Value">What is said.</param>
public sealed record DeliveryEntry(string Key, string Value) : DocumentPart
{
    /// <summary>The key.</summary>
    public override string ToString() => $"entry {Key}";

    internal static DeliveryEntry Read(DocumentElement element, DocumentScope scope) => new(element.ChildText("key") ?? "", element.ChildText("value") ?? "")
    {
        Extensions = ElementBuilder.Unknown(element, "key", "value"),
        ExtensionAttributes = element.Attributes,
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.DeliveryNotification, "entry").Leaf("key", Key).Leaf("value", Value).Extensions(this).Build();
}
