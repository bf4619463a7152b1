namespace UcSdk.Documents;

/// <summary>What a client can do in a conference ([MS-CONFBAS] §2.2.3.4, element <c>clientInfo</c>).</summary>
public sealed record ConferenceClientInfo : DocumentPart
{
    /// <summary>Whether the client can wait in the lobby: one that cannot is refused where it would have to. Null when not said.</summary>
    public bool? LobbyCapable { get; init; }

    internal static ConferenceClientInfo? Read(DocumentElement parent) => parent.Child("clientInfo") is not { } element ? null : new()
    {
        LobbyCapable = DocumentScope.Boolean(element.ChildText("lobby-capable")),
        Extensions = ElementBuilder.Unknown(element, "lobby-capable"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ConferenceInfoExtensions, "clientInfo")
        .Later("lobby-capable", ElementBuilder.Text(LobbyCapable))
        .Extensions(this)
        .Build();
}
