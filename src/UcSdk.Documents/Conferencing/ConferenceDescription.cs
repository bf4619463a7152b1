namespace UcSdk.Documents;

/// <summary>
/// What a conference is (RFC 4575 §5.3, with the extensions of [MS-CONFBAS] §2.2.2.2 and [MS-CONFPRO] §2.2.1.2).
/// </summary>
public sealed record ConferenceDescription : DocumentPart
{
    private const string Msci = Namespaces.ConferenceInfoExtensions;

    private static readonly string[] Known =
    [
        "display-text", "subject", "conf-uris", "maximum-user-count", "conference-id", "conference-key", "last-update", "last-activate", "is-active",
        "expiry-time", "admission-policy", "organizer", "join-url", "lobby-capable", "autopromote", "pstn-lobby-bypass", "server-mode",
    ];

    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>A longer description; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>The title; null when not said, empty for a conference without one.</summary>
    public string? Subject { get; init; }

    /// <summary>The addresses of the conference and its parts; null when not said.</summary>
    public ConferenceUris? ConferenceUris { get; init; }

    /// <summary>How many participants there may be; null when not said.</summary>
    public uint? MaximumUserCount { get; init; }

    /// <summary>The id, unique among the organizer's conferences: 8 to 32 ASCII letters and digits; null when not said.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>The key with which anonymous users join: a secret. Null when not said.</summary>
    public string? ConferenceKey { get; init; }

    /// <summary>When the conference was made or last changed; only servers say it. Null when not said.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>When the conference last began to run; only servers say it. Null when not said.</summary>
    public DateTimeOffset? LastActivate { get; init; }

    /// <summary>Whether the conference runs; only servers say it. Null when not said.</summary>
    public bool? IsActive { get; init; }

    /// <summary>When the conference may be deleted, written to the second; null for one that stays until further notice.</summary>
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary>Who may join, one of <see cref="AdmissionPolicies"/>; null when not said.</summary>
    public string? AdmissionPolicy { get; init; }

    /// <summary>Who scheduled the conference; null when not said.</summary>
    public ConferenceOrganizer? Organizer { get; init; }

    /// <summary>The web address to join by; null when not said.</summary>
    public string? JoinUrl { get; init; }

    /// <summary>Whether the conference has a lobby; null when not said.</summary>
    public bool? LobbyCapable { get; init; }

    /// <summary>Who becomes presenter without being asked, a bit mask; null when not said.</summary>
    public uint? AutoPromote { get; init; }

    /// <summary>Whether callers from the telephone network pass the lobby; null when not said.</summary>
    public bool? PstnLobbyBypass { get; init; }

    /// <summary>The generation of the server, 14 for Lync Server 2010; null when not said.</summary>
    public uint? ServerMode { get; init; }

    /// <summary>The state of the element; never the subject or the key.</summary>
    public override string ToString() => $"conference-description {State}";

    internal static ConferenceDescription Read(DocumentElement element, DocumentScope scope) => new()
    {
        State = DocumentScope.State(element),
        DisplayText = element.ChildText("display-text"),
        Subject = element.ChildText("subject"),
        ConferenceUris = element.Child("conf-uris") is { } uris ? Documents.ConferenceUris.Read(uris, scope) : null,
        MaximumUserCount = DocumentScope.Number(element.ChildText("maximum-user-count")),
        ConferenceId = element.ChildText("conference-id"),
        ConferenceKey = element.ChildText("conference-key"),
        LastUpdate = DocumentScope.Moment(element.ChildText("last-update")),
        LastActivate = DocumentScope.Moment(element.ChildText("last-activate")),
        IsActive = DocumentScope.Boolean(element.ChildText("is-active")),
        ExpiryTime = DocumentScope.Moment(element.ChildText("expiry-time")),
        AdmissionPolicy = element.ChildText("admission-policy"),
        Organizer = element.Child("organizer") is { } organizer ? ConferenceOrganizer.Read(organizer) : null,
        JoinUrl = element.ChildText("join-url"),
        LobbyCapable = DocumentScope.Boolean(element.ChildText("lobby-capable")),
        AutoPromote = DocumentScope.Number(element.ChildText("autopromote")),
        PstnLobbyBypass = DocumentScope.Boolean(element.ChildText("pstn-lobby-bypass")),
        ServerMode = DocumentScope.Number(element.ChildText("server-mode")),
        Extensions = ElementBuilder.Unknown(element, Known),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "state"),
    };

    /// <param name="withState">Notifications say the state; commands do not know states.</param>
    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfo, "conference-description")
        .Attribute("state", ElementBuilder.Text(State, always: withState))
        .Leaf("display-text", DisplayText)
        .Leaf("subject", Subject)
        .Child(ConferenceUris?.Write())
        .Leaf("maximum-user-count", MaximumUserCount)
        .Leaf("conference-id", ConferenceId, Msci)
        .Leaf("conference-key", ConferenceKey, Msci)
        .Leaf("last-update", LastUpdate, Msci)
        .Leaf("last-activate", LastActivate, Msci)
        .Leaf("is-active", IsActive, Msci)
        .Leaf("expiry-time", ExpiryTime, Msci)
        .Leaf("admission-policy", AdmissionPolicy, Msci)
        .Child(Organizer?.Write())
        .Leaf("join-url", JoinUrl, Msci)
        .Later("lobby-capable", ElementBuilder.Text(LobbyCapable))
        .Later("autopromote", ElementBuilder.Text(AutoPromote))
        .Later("pstn-lobby-bypass", ElementBuilder.Text(PstnLobbyBypass))
        .Later("server-mode", ElementBuilder.Text(ServerMode))
        .Extensions(this)
        .Build();
}
