namespace UcSdk.Documents;

/// <summary>What was wrong with one operation of a refused presence request ([MS-PRES] §2.2.2, <c>fault/details/operation</c>).</summary>
/// <param name="Index">Which of the operations of the request, from 1.</param>
public sealed record PresenceFaultOperation(uint Index) : DocumentPart
{
    /// <summary>The version that the request named; null when not said.</summary>
    public uint? Version { get; init; }

    /// <summary>The version that the server has; null when not said.</summary>
    public uint? CurrentVersion { get; init; }

    internal static PresenceFaultOperation Read(DocumentElement element, DocumentScope scope) => new(PresenceText.RequireNumber(scope, element, "index"))
    {
        Version = DocumentScope.Number(element.Attribute("version")),
        CurrentVersion = DocumentScope.Number(element.Attribute("curVersion")),
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "index", "version", "curVersion"),
    };

    internal DocumentElement Write() => new ElementBuilder("", "operation")
        .Attribute("index", ElementBuilder.Text(Index))
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("curVersion", ElementBuilder.Text(CurrentVersion))
        .Extensions(this)
        .Build();
}
