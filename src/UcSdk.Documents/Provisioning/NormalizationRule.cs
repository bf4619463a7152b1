namespace UcSdk.Documents;

/// <summary>One rule of a location profile: what is dialled, and the number it stands for ([MS-SIPRE] §2.2.8.2).</summary>
/// <param name="Pattern">A regular expression in the syntax of .NET ([MC-RegEx]), usually with both anchors: <c>^(\d{4})$</c>.</param>
/// <param name="Translation">What replaces a match: <c>+1425555$1</c>.</param>
public sealed record NormalizationRule(string Pattern, string Translation) : DocumentPart
{
    /// <summary>Whether the outcome is an extension inside the organisation; null when not said.</summary>
    public bool? InternalEnterpriseExtension { get; init; }

    /// <summary>Whether a phone may use the rule to dial as soon as it matches; null when not said.</summary>
    public bool? ApplicableForDeviceDialing { get; init; }

    internal static NormalizationRule Read(DocumentElement element, DocumentScope scope) =>
        new(scope.RequireChild(element, "Pattern").Text.Trim(), scope.RequireChild(element, "Translation").Text.Trim())
        {
            InternalEnterpriseExtension = DocumentScope.Boolean(element.ChildText("InternalEnterpriseExtension")),
            ApplicableForDeviceDialing = DocumentScope.Boolean(element.ChildText("ApplicableForDeviceDialing")),
            Extensions = ElementBuilder.Unknown(element, "Pattern", "Translation", "InternalEnterpriseExtension", "ApplicableForDeviceDialing"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.LocationProfile, "Rule")
        .Leaf("Pattern", Pattern)
        .Leaf("Translation", Translation)
        .Leaf("InternalEnterpriseExtension", InternalEnterpriseExtension)
        .Leaf("ApplicableForDeviceDialing", ApplicableForDeviceDialing)
        .Extensions(this)
        .Build();
}
