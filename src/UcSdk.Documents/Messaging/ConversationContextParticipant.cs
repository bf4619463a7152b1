namespace UcSdk.Documents;

/// <summary>Somebody in a <see cref="ConversationContext"/> ([MS-SIPRE] §8, type <c>XmlConvContextParticipantType</c>).</summary>
/// <param name="Uri">The address with scheme.</param>
public sealed record ConversationContextParticipant(string Uri) : DocumentPart
{
    /// <summary>The name; null when not said.</summary>
    public string? DisplayName { get; init; }

    /// <summary>On whose behalf, an address with scheme; null when on its own.</summary>
    public string? OnBehalfUri { get; init; }

    /// <summary>The name of whom it acts for; null when not said.</summary>
    public string? OnBehalfDisplayName { get; init; }

    /// <summary>What it is; never who.</summary>
    public override string ToString() => "participant";

    internal static ConversationContextParticipant Read(DocumentElement element, DocumentScope scope)
    {
        var uri = scope.RequireChild(element, "uri").Text.Trim();
        if (uri.Length == 0)
        {
            scope.Fail($"{element.Name}/uri", "an address");
        }

        return new ConversationContextParticipant(uri)
        {
            DisplayName = element.ChildText("displayName"),
            OnBehalfUri = element.ChildText("onBehalfUri"),
            OnBehalfDisplayName = element.ChildText("onBehalfDisplayName"),
            Extensions = ElementBuilder.Unknown(element, "uri", "displayName", "onBehalfUri", "onBehalfDisplayName"),
            ExtensionAttributes = element.Attributes,
        };
    }

    internal DocumentElement Write(string name) => new ElementBuilder(Namespaces.ConversationContext, name)
        .Leaf("uri", Uri)
        .Leaf("displayName", DisplayName)
        .Leaf("onBehalfUri", OnBehalfUri)
        .Leaf("onBehalfDisplayName", OnBehalfDisplayName)
        .Extensions(this)
        .Build();
}
