using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The 101 Progress Report, by which Lync servers tell a caller how an INVITE is being routed, with the diagnosis that [MS-OCER] §3.1 asks for. It has no To tag: nobody has
/// answered, and it makes no dialog.
/// </summary>
/// <param name="source">The server's name.</param>
internal sealed class ProgressReports(string source)
{
    private const int Status = 101;
    // [MS-OCER] has 13000 to 13999 for the routing of incoming calls; this one and its text are those of traces.
    private const int ProxiedId = 13004;

    /// <summary>Tells that the request goes to so many endpoints; requests that invite nobody are passed over.</summary>
    public void Tell(IncomingRequest request, int endpoints)
    {
        if (!request.Request.Method.IsInvite || request.Request.To!.HasTag)
        {
            return;
        }

        request.Respond(Status, "Progress Report", response =>
        {
            response.Headers[HeaderName.To] = request.Request.Headers[HeaderName.To];
            response.Headers.Add(
                HeaderName.MsDiagnostics,
                $"{new MsDiagnostics(ProxiedId, "Request was proxied to one or more registered endpoints", source)};Count=\"{endpoints}\";appName=\"InboundRouting\"");
        });
    }
}
