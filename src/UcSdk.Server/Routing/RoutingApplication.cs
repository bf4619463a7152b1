using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Sends on what is for users (RFC 3261 §16): to all endpoints of an address of record at once, to one endpoint for a GRUU. What the
/// server itself would have to do and does not do is refused.
/// </summary>
internal sealed class RoutingApplication(LocationService locations, BlockedCallers blocked) : IServerApplication
{
    private const string Routed = "INVITE, ACK, BYE, CANCEL, INFO, UPDATE, OPTIONS, MESSAGE, NOTIFY, BENOTIFY, REFER, PRACK";

    // ACK, CANCEL and BENOTIFY have no transaction of their own: the endpoint sends them on.
    private static readonly HashSet<SipMethod> RoutedMethods =
    [
        SipMethod.Invite, SipMethod.Bye, SipMethod.Info, SipMethod.Update, SipMethod.Options, SipMethod.Message, SipMethod.Notify,
        SipMethod.Refer, SipMethod.Prack,
    ];

    public bool Handle(ServerRequest request)
    {
        if (request.ConferenceUri is not null)
        {
            // A part of a conference that this server does not have.
            request.Answer(StatusCode.TemporarilyUnavailable);
        }
        else if (!RoutedMethods.Contains(request.Method))
        {
            Refuse(request);
        }
        else if (request.Message.To is { HasTag: true } && !locations.IsRegistered(request.Message.Uri!))
        {
            // Whoever was in the dialog has signed out: clients begin anew at the user's address ([MS-SIPRE]; RFC 5057 §5.1).
            request.Answer(StatusCode.CallOrTransactionDoesNotExist);
        }
        else if (blocked.Include(request))
        {
            // Those who are blocked see the user offline, and hear the same: a refusal of its own would tell them.
            request.Answer(ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.SeeStatus));
        }
        else if (!locations.Exists(request.Message.Uri!))
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound));
        }
        else
        {
            request.ForwardAsAddressed();
        }

        return true;
    }

    private static void Refuse(ServerRequest request)
    {
        if (request.Method == SipMethod.Subscribe && request.Message.To is not { HasTag: true })
        {
            // RFC 6665 §8.2.2: whoever serves an event has taken its requests before.
            request.Answer(new ServerAnswer(StatusCode.BadEvent).With(HeaderName.AllowEvents, string.Join(',', ServedEvents.All)));
            return;
        }

        // Lync's own methods are known, only not at user addresses; anything else is not known at all (RFC 3261 §8.2.1, §21.5.2).
        var known = request.Method == SipMethod.Service || request.Method == SipMethod.Publish;
        request.Answer(known
            ? new ServerAnswer(StatusCode.MethodNotAllowed).With(HeaderName.Allow, Routed)
            : new ServerAnswer(StatusCode.NotImplemented));
    }
}
