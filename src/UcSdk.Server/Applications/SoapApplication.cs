using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Takes SERVICE requests with SOAP: at one's own address changes of one's own contact list ([MS-SIP] §3.7.4), at the address of the domain directory searches
/// ([MS-PRES] §2.2.1).
/// </summary>
internal sealed class SoapApplication(ContactLists lists, ContactListSubscriptions subscriptions, DirectorySearch search, UserDirectory directory) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Service || request.ConferenceUri is not null || !IsSoap(request.Message))
        {
            return false;
        }

        var user = request.Sender!.Id.User;
        var isOwn = ConferenceChecks.IsUser(request.Message.UriText, user);
        var isDomain = request.Message.Uri is { User.Length: 0 } uri && directory.Serves(uri);
        if (!isOwn && !isDomain)
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.NotOwnList));
        }
        else if (!SoapRequest.TryRead(request.Message.Body, out var soap, out var error))
        {
            request.Answer(Refuse(StatusCode.BadRequest, new SoapFault(SoapFault.BadCall, $"Unreadable: {error}")));
        }
        else
        {
            Execute(request, user, soap, isOwn);
        }

        return true;
    }

    private void Execute(ServerRequest request, string user, SoapRequest soap, bool isOwn)
    {
        switch (soap)
        {
            case ContactListCommand command and not SetAceCommand when isOwn:
                Change(request, user, command);
                break;
            case DirectorySearchRequest wanted:
                request.Answer(new ServerAnswer(StatusCode.Ok) { ContentType = ContentTypes.Soap, Body = search.Find(wanted).ToBytes() });
                break;
            default:
                request.Answer(Refuse(StatusCode.BadRequest, new SoapFault(SoapFault.BadCall, $"There is no {soap.Name} at this address.")));
                break;
        }
    }

    private void Change(ServerRequest request, string user, ContactListCommand command)
    {
        var outcome = lists.Execute(user, command);
        if (outcome.Fault is { } fault)
        {
            request.Answer(Refuse(outcome.StatusCode, fault));
            return;
        }

        request.Answer(outcome.AddedGroup is { } group
            ? new ServerAnswer(StatusCode.Ok) { ContentType = ContentTypes.Soap, Body = new AddGroupResult(group).ToBytes() }
            : new ServerAnswer(StatusCode.Ok));
        // Behind the answer, so that the client that asked knows the number of its group before it hears of it.
        subscriptions.Publish(user, outcome.Delta!);
    }

    private static ServerAnswer Refuse(int status, SoapFault fault) => new(status)
    {
        ContentType = ContentTypes.Soap,
        Body = fault.ToBytes(),
        Diagnostic = fault.IsWrongDelta ? ServerDiagnostics.ContactListChanged : null,
    };

    private static bool IsSoap(SipRequest message) =>
        MediaType.TryParse(message.ContentType, out var type) && type.Name.Equals(ContentTypes.Soap, StringComparison.OrdinalIgnoreCase);
}
