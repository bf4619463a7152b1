namespace UcSdk.Documents;

/// <summary>
/// One session of a participant with one part of the conference (RFC 4575 §5.7 with the extensions of [MS-CONFBAS] §2.2.2.2): a user who
/// is in the roster, chats and speaks has three.
/// </summary>
/// <param name="Entity">The key of the endpoint within its user, usually a GUID in braces.</param>
public sealed record ConferenceEndpoint(string Entity) : DocumentPart
{
    /// <summary>How the element is to be merged; <see cref="ElementState.Full"/> in snapshots.</summary>
    public ElementState State { get; init; }

    /// <summary>The part of the conference, one of <see cref="ConferenceEntityTypes"/>; null when not said.</summary>
    public string? SessionType { get; init; }

    /// <summary>Where the endpoint can be reached; null when not said.</summary>
    public string? EndpointUri { get; init; }

    /// <summary>A name for people; null when not said.</summary>
    public string? DisplayText { get; init; }

    /// <summary>What it is doing, one of <see cref="EndpointStatuses"/>; null when not said.</summary>
    public string? Status { get; init; }

    /// <summary>How it joined, one of <see cref="JoiningMethods"/>; null when not said.</summary>
    public string? JoiningMethod { get; init; }

    /// <summary>Its media.</summary>
    public ValueList<ConferenceMedia> Media { get; init; } = [];

    /// <summary>How the user proved who they are: <c>enterprise</c>, <c>federated</c>, <c>anonymous</c>, <c>trusted</c>; null when not said.</summary>
    public string? AuthMethod { get; init; }

    /// <summary>From where the user joined: <c>internal</c>, <c>external</c>, <c>pstn</c>; null when not said.</summary>
    public string? AccessMethod { get; init; }

    /// <summary>What the client can do; null when not said.</summary>
    public ConferenceClientInfo? ClientInfo { get; init; }

    /// <summary>True when the endpoint takes part.</summary>
    public bool IsConnected => Status is EndpointStatuses.Connected or EndpointStatuses.MutedViaFocus;

    /// <summary>The part of the conference and what the endpoint is doing there.</summary>
    public override string ToString() => $"endpoint {SessionType} {Status}";

    internal static ConferenceEndpoint Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "entity"))
    {
        State = DocumentScope.State(element),
        SessionType = element.Attribute("session-type"),
        EndpointUri = element.Attribute("endpoint-uri"),
        DisplayText = element.ChildText("display-text"),
        Status = element.ChildText("status"),
        JoiningMethod = element.ChildText("joining-method"),
        Media = ValueList.From(element.ChildrenNamed("media").Select(media => ConferenceMedia.Read(media, scope))),
        AuthMethod = element.ChildText("authMethod"),
        AccessMethod = element.ChildText("accessMethod"),
        ClientInfo = ConferenceClientInfo.Read(element),
        Extensions = ElementBuilder.Unknown(
            element, "display-text", "status", "joining-method", "media", "authMethod", "accessMethod", "clientInfo"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "entity", "state", "session-type", "endpoint-uri"),
    };

    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfo, "endpoint")
        .Attribute("entity", Entity)
        .Attribute("session-type", SessionType)
        .Attribute("state", ElementBuilder.Text(State, always: withState))
        .Attribute("endpoint-uri", EndpointUri)
        .Leaf("display-text", DisplayText)
        .Leaf("status", Status)
        .Leaf("joining-method", JoiningMethod)
        .Children(Media.Select(media => media.Write()))
        .Leaf("authMethod", AuthMethod, Namespaces.ConferenceInfoExtensions)
        .Leaf("accessMethod", AccessMethod, Namespaces.ConferenceInfoExtensions)
        .Child(ClientInfo?.Write())
        .Extensions(this)
        .Build();
}
