using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Takes SERVICE requests to focus factories ([MS-CONFPRO] §3.2).</summary>
internal sealed class FocusFactoryApplication(
    FocusFactory factory,
    ConferenceStore conferences,
    ConferenceSessions sessions,
    UserDirectory directory,
    TimeProvider time) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        if (request.ConferenceUri is not { EntityType: ConferenceEntityTypes.FocusFactory } uri)
        {
            return false;
        }

        if (request.Method != SipMethod.Service)
        {
            request.RefuseMethod(SipMethod.Service.Name);
        }
        else if (!ConferenceChecks.TryRead(request.Message, request.Sender!.Id.User, out var command, out var refusal))
        {
            request.Answer(refusal);
        }
        else if (!SipUri.TryParse(uri.Organizer, out var organizer)
            || !directory.TryFind(organizer, out var owner)
            || directory.AddressOfRecord(owner) != request.Sender.Id.User)
        {
            // Everybody has a factory of their own; delegates would need a policy that does not exist here.
            request.Answer(ConferenceChecks.Refuse(C3pError.NotAuthorized));
        }
        else
        {
            Execute(request, owner, command);
        }

        return true;
    }

    private void Execute(ServerRequest request, UcServerUser owner, C3pRequest command)
    {
        // A conference that the command deletes must be known beforehand: afterwards it is in the store no more.
        Focus? focus = null;
        if (command.Command is DeleteConferenceCommand delete && ConferenceUri.TryParse(delete.ConferenceUri, out var uri))
        {
            conferences.TryGet(uri, out focus);
        }

        var effects = new List<FocusEffect>();
        var outcome = factory.Execute(owner, command, time.GetUtcNow(), effects);
        request.Answer(outcome.Response is { } response
            ? new ServerAnswer(StatusCode.Ok) { ContentType = ContentTypes.C3p, Body = response.ToBytes() }
            : ConferenceChecks.Refuse(outcome.Refusal!));
        if (focus is not null)
        {
            sessions.Perform(focus, effects);
        }
    }
}
