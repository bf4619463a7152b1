namespace UcSdk.Documents;

/// <summary>One participant of a conference (RFC 4575 §5.6).</summary>
/// <param name="Entity">The participant's URI, which is the key of the user within the conference.</param>
public sealed record ConferenceUser(string Entity) : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>The participant's name; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>What the participant may do, of <see cref="ConferenceRoles"/>; normally one.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>The participant's sessions with the parts of the conference.</summary>
    public ValueList<ConferenceEndpoint> Endpoints { get; init; } = [];

    /// <summary>What the client can do, where an answer to addUser says so beside the endpoints ([MS-CONFBAS] §2.2.3.4); null when not said.</summary>
    public ConferenceClientInfo? ClientInfo { get; init; }

    /// <summary>True when the participant may run the conference.</summary>
    public bool IsPresenter => Roles.Contains(ConferenceRoles.Presenter);

    /// <summary>The participant's connected session with the given part of the conference; null when there is none.</summary>
    public ConferenceEndpoint? ConnectedEndpoint(string sessionType) =>
        Endpoints.FirstOrDefault(endpoint => endpoint.IsConnected && endpoint.SessionType == sessionType);

    /// <summary>The state of the element and how many endpoints it has; never the participant, who is user data.</summary>
    public override string ToString() => $"user {State} with {Endpoints.Count} endpoints";

    internal static ConferenceUser Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "entity"))
    {
        State = DocumentScope.State(element),
        DisplayText = element.ChildText("display-text"),
        Roles = ValueList.From(element.Child("roles")?.ChildrenNamed("entry").Select(entry => entry.Text.Trim()) ?? []),
        Endpoints = ValueList.From(element.ChildrenNamed("endpoint").Select(endpoint => ConferenceEndpoint.Read(endpoint, scope))),
        ClientInfo = ConferenceClientInfo.Read(element),
        Extensions = ElementBuilder.Unknown(element, "display-text", "roles", "endpoint", "clientInfo"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "entity", "state"),
    };

    /// <param name="withState">Rosters say the state of every user and endpoint; commands do not know states.</param>
    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfo, "user")
        .Attribute("entity", Entity)
        .Attribute("state", ElementBuilder.Text(State, always: withState))
        .Leaf("display-text", DisplayText)
        .Child(WriteRoles())
        .Children(Endpoints.Select(endpoint => endpoint.Write(withState)))
        .Child(ClientInfo?.Write())
        .Extensions(this)
        .Build();

    private DocumentElement? WriteRoles()
    {
        if (Roles.Count == 0)
        {
            return null;
        }

        var roles = new ElementBuilder(Namespaces.ConferenceInfo, "roles");
        foreach (var role in Roles)
        {
            roles.Leaf("entry", role);
        }

        return roles.Build();
    }
}
