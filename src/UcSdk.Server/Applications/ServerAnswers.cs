using Microsoft.Extensions.Logging;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Sends what applications answer, in the name of this server.</summary>
/// <param name="source">The server's name in diagnostics.</param>
/// <param name="logger">Where refusals are noted.</param>
internal sealed class ServerAnswers(string source, ILogger logger)
{
    /// <summary>Answers a request; to one who has proven who they are, with this server's own proof.</summary>
    public void Send(IncomingRequest request, ServerAnswer answer, DigestIdentity? identity = null, Action<SipResponse>? edit = null)
    {
        Note(request.Request, answer);
        request.Respond(answer.StatusCode, answer.ReasonPhrase, response =>
        {
            answer.ApplyTo(response, source);
            identity?.Confirm(response);
            edit?.Invoke(response);
        });
    }

    /// <summary>Refuses an INVITE for which a session was made already.</summary>
    public void Reject(InviteSession session, ServerAnswer answer)
    {
        Note(session.InitialRequest, answer);
        session.Reject(answer.StatusCode, answer.ReasonPhrase, response => answer.ApplyTo(response, source));
    }

    private void Note(SipRequest request, ServerAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            Log.RequestRefused(logger, request.Method.Name, answer.StatusCode, answer.Diagnostic?.Id);
        }
    }
}
