namespace UcSdk.Server;

/// <summary>
/// What this server says in <c>ms-diagnostics</c> about registration and routing, with the ids of [MS-OCER] §8.1 and §8.5. Those of
/// conferences stand with the C3P documents.
/// </summary>
internal static class ServerDiagnostics
{
    public static readonly ServerDiagnostic SeeStatus = new(2, "See response code and reason phrase");
    public static readonly ServerDiagnostic ApplicationFailed = new(2, "An application of this server has failed");
    public static readonly ServerDiagnostic SenderNotAuthorized = new(4004, "Sender is not registered as that user on this connection");
    public static readonly ServerDiagnostic UserNotFound = new(4005, "Destination is not a user of this server");
}
