using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Takes what comes to focus URIs: the INVITE that joins, the INFO commands in its dialog, the roster subscription.</summary>
internal sealed class FocusApplication(
    ConferenceStore conferences,
    ConferenceSessions sessions,
    UserDirectory directory,
    ServerAnswers answers,
    OwnedTasks work,
    ImDialOut dialOut,
    ServerSeams seams,
    UcServerOptions options) : IServerApplication
{
    private const string Methods = "INVITE, ACK, BYE, CANCEL, INFO, UPDATE, SUBSCRIBE";

    public bool Handle(ServerRequest request)
    {
        if (request.ConferenceUri is not { EntityType: ConferenceEntityTypes.Focus } uri)
        {
            return false;
        }

        var outsideDialog = request.Message.To is not { HasTag: true };
        if (!conferences.TryGet(uri, out var focus))
        {
            request.Answer(ConferenceChecks.Refuse(C3pError.ConferenceUriInvalid));
        }
        else if (request.Method.IsInvite && outsideDialog)
        {
            Join(request, focus);
        }
        else if (request.Method == SipMethod.Subscribe && outsideDialog)
        {
            Subscribe(request, focus);
        }
        else
        {
            request.RefuseMethod(Methods);
        }

        return true;
    }

    private void Join(ServerRequest request, Focus focus)
    {
        var party = request.Sender!.Id;
        if (seams.FocusRefusal is { } status)
        {
            request.Answer(status);
            return;
        }

        if (!ConferenceChecks.TryRead(request.Message, party.User, out var c3p, out var refusal)
            || !ConferenceChecks.TryReadJoin(c3p, focus.Profile.Focus, party.User, out var command, out refusal))
        {
            request.Answer(refusal);
            return;
        }

        var endpoint = command.User.Endpoints[0];
        var join = new FocusJoin
        {
            Dialog = sessions.NextNumber(),
            Party = party,
            DisplayName = NameOf(request.Message.From!.Uri),
            Endpoint = endpoint.Entity,
            ClientInfo = endpoint.ClientInfo,
        };
        var effects = new List<FocusEffect>();
        if (!focus.TryJoin(join, out _, out refusal, effects))
        {
            request.Answer(refusal);
            return;
        }

        // Who is answered comes before who is told: the newcomer's 200 stands before anything that follows from it.
        var contact = new NameAddr(SipUri.Parse(focus.Profile.Focus.Text)).WithParameter("isfocus");
        var session = request.Incoming.CreateInviteSession(contact);
        session.RequestReceived = incoming => HandleInDialog(focus, join, session, incoming);
        sessions.AddDialog(focus, join.Dialog, session);
        work.Run("joining a conference", () => session.AcceptAsync(ContentTypes.C3p, c3p.Succeed(ResultOf(focus, party.User, command)).ToBytes()));
        sessions.Perform(focus, effects);
    }

    private bool HandleInDialog(Focus focus, FocusJoin join, InviteSession session, IncomingRequest incoming)
    {
        if (!incoming.Flow.IsFromPeerOf(session.Flow))
        {
            // Dialog identifiers are no proof of identity; the connection is.
            answers.Send(incoming, ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
        }
        else if (incoming.Request.Method == SipMethod.Update && incoming.Request.Body.IsEmpty)
        {
            // A session refresh (RFC 4028 §9); that it is answered is what refreshes.
            answers.Send(incoming, new ServerAnswer(StatusCode.Ok).With(HeaderName.Contact, $"<{focus.Profile.Focus}>;isfocus"));
        }
        else if (incoming.Request.Method.IsInvite)
        {
            Refresh(focus, join, incoming);
        }
        else if (incoming.Request.Method == SipMethod.Info)
        {
            Execute(focus, join, session, incoming);
        }
        else
        {
            return false;
        }

        return true;
    }

    // The same by a re-INVITE, which may repeat the addUser that made the dialog; the seat is there, and stays as it is.
    private void Refresh(Focus focus, FocusJoin join, IncomingRequest incoming)
    {
        var request = incoming.Request;
        var answer = new ServerAnswer(StatusCode.Ok).With(HeaderName.Contact, $"<{focus.Profile.Focus}>;isfocus");
        if (!request.Body.IsEmpty)
        {
            answer = ConferenceChecks.TryRead(request, join.Party.User, out var c3p, out var refusal)
                && ConferenceChecks.TryReadJoin(c3p, focus.Profile.Focus, join.Party.User, out var command, out refusal)
                    ? answer with { ContentType = ContentTypes.C3p, Body = c3p.Succeed(ResultOf(focus, join.Party.User, command)).ToBytes() }
                    : refusal;
        }

        answers.Send(incoming, answer);
    }

    private static AddUserResult ResultOf(Focus focus, string user, AddUserCommand command) =>
        new(command.ConferenceUri, command.User with { Roles = [focus.RoleOf(user)] });

    private void Execute(Focus focus, FocusJoin join, InviteSession session, IncomingRequest incoming)
    {
        if (!ConferenceChecks.TryRead(incoming.Request, join.Party.User, out var command, out var refusal))
        {
            answers.Send(incoming, refusal);
            return;
        }

        if (command.Command is AddUserCommand { McuUri: not null } call && ImDialOut.IsMeant(focus, call))
        {
            DialOut(focus, join, session, incoming, command, call);
            return;
        }

        var effects = new List<FocusEffect>();
        var outcome = FocusCommands.Execute(focus, join.Party.User, command, effects);
        if (outcome.Response is not { } response)
        {
            answers.Send(incoming, ConferenceChecks.Refuse(outcome.Refusal!));
            return;
        }

        // The final response travels in an INFO of our own ([MS-CONFBAS] §4.4.8). Some clients never answer it, and nothing waits for that.
        answers.Send(incoming, new ServerAnswer(StatusCode.Accepted));
        Tell(session, response);
        if (focus.State == FocusState.Deleted)
        {
            conferences.Remove(focus);
        }

        sessions.Perform(focus, effects);
    }

    private void DialOut(Focus focus, FocusJoin join, InviteSession session, IncomingRequest incoming, C3pRequest request, AddUserCommand command)
    {
        if (ImDialOut.FindFault(focus, join.Party.User, command) is { } fault)
        {
            answers.Send(incoming, ConferenceChecks.Refuse(fault));
            return;
        }

        answers.Send(incoming, new ServerAnswer(StatusCode.Accepted));
        work.Run("calling somebody into a chat", async () =>
        {
            var user = SipUri.Parse(command.User.Entity);
            var reason = await dialOut.CallAsync(focus, join.Party.User, user, command.User.Roles.Count == 0 ? null : command.User.Roles[0]);
            if (session.State == InviteState.Confirmed)
            {
                Tell(session, reason is null ? request.Succeed(ResultOf(focus, user.AddressOfRecord.Text, command)) : request.Fail(reason));
            }
        });
    }

    private void Tell(InviteSession session, C3pResponse response)
    {
        var info = session.CreateRequest(SipMethod.Info);
        info.SetBody(ContentTypes.C3p, response.ToBytes());
        work.Run("INFO with a C3P response", () => session.SendAsync(info));
    }

    private void Subscribe(ServerRequest request, Focus focus)
    {
        var party = request.Sender!.Id;
        if (!EventNames.Is(request.Message, ServedEvents.Conference))
        {
            request.Answer(new ServerAnswer(StatusCode.BadEvent).With(HeaderName.AllowEvents, ServedEvents.Conference));
        }
        else if (!focus.Has(party))
        {
            request.Answer(ConferenceChecks.Refuse(C3pError.NotAuthorized));
        }
        else if (focus.Subscriptions.CountOf(party) >= options.Conferences.MaxSubscriptionsPerEndpoint)
        {
            request.Answer(StatusCode.TemporarilyUnavailable, "Too Many Subscriptions");
        }
        else
        {
            Accept(request, focus, party);
        }
    }

    private void Accept(ServerRequest request, Focus focus, EndpointId party)
    {
        var number = sessions.NextNumber();
        var subscription = request.Incoming.CreateSubscription(new NameAddr(SipUri.Parse(focus.Profile.Focus.Text)).WithParameter("isfocus"));
        var document = focus.Subscriptions.Add(number, party);
        var isFetch = subscription.RequestedExpires == TimeSpan.Zero;
        if (!isFetch)
        {
            sessions.AddSubscription(focus, number, subscription);
        }

        subscription.Accept(options.SubscriptionExpires, ContentTypes.ConferenceInfo, document.ToBytes());
        if (isFetch)
        {
            // A question for the state as it is now, which ends with the answer; clients of the SIPE family mean the end of all their subscriptions by it.
            sessions.Do(focus, effects => focus.Subscriptions.End(party, effects));
        }
    }

    private string NameOf(SipUri user) => directory.TryFind(user, out var found) ? found.DisplayName : user.User;
}
