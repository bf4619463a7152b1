namespace UcSdk.Server;

/// <summary>
/// What this server says in <c>ms-diagnostics</c> about registration and routing, with the ids of [MS-OCER] §8.1, §8.5 and §8.16, and in
/// <c>ms-diagnostics-public</c> to endpoints that are deregistered, with those of [MS-SIPREGE] §2.2.1.13. Texts are ours but for 4005, 4010, 4141 and 17002; 2 is
/// said where those documents name no id. Those of conferences stand with the C3P documents.
/// </summary>
internal static class ServerDiagnostics
{
    public static readonly ServerDiagnostic SeeStatus = new(2, "See response code and reason phrase");
    public static readonly ServerDiagnostic ApplicationFailed = new(2, "An application of this server has failed");
    public static readonly ServerDiagnostic SenderNotAuthorized = new(4004, "Sender is not registered as that user on this connection");
    public static readonly ServerDiagnostic UserNotFound = new(4005, "Destination URI either not enabled for SIP or does not exist");
    public static readonly ServerDiagnostic NoEndpointId = new(4010, "Missing endpoint identifier");
    public static readonly ServerDiagnostic NotRegistrationEvent = new(4055, "Event of a REGISTER is not registration");
    public static readonly ServerDiagnostic GruuRequired = new(2057, "Supported has msrtc-event-categories without gruu-10");
    public static readonly ServerDiagnostic ClientVersion = new(17002, "Invalid protocol client version");
    public static readonly ServerDiagnostic Maintenance = new(2, "The server is in maintenance");
    public static readonly ServerDiagnostic NotOwnList = new(2, "A contact list is its user's own");
    public static readonly ServerDiagnostic ContactListChanged = new(2, "The contact list has another version");
    public static readonly ServerDiagnostic TooManyWrongPasswords = new(2, "Too many wrong passwords for this user or from this host; try again later");
    public static readonly ServerDiagnostic HomeServerUnreachable = new(2, "The home server cannot be reached");

    public static readonly ServerDiagnostic PublicationVersion = new(2044, "Publication version out of date");
    public static readonly ServerDiagnostic ContainerVersion = new(2, "Container version is out of date");

    public static readonly ServerDiagnostic EndpointUnregistered = new(4140, "Endpoint unregistered by the server");
    public static readonly ServerDiagnostic TooManyEndpoints = new(4140, "Signed in at too many endpoints");
    public static readonly ServerDiagnostic SignedInElsewhere = new(4140, "Signed in at another endpoint");
    public static readonly ServerDiagnostic UserDisabled = new(4141, "User disabled");
    public static readonly ServerDiagnostic UserMoved = new(4142, "User is being moved to another server");
    public static readonly ServerDiagnostic UserServicesUnavailable = new(4165, "User services are not available");
    public static readonly ServerDiagnostic RegistrarChanged = new(4166, "The user has another registrar now");
}
