using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Serves <c>vnd-microsoft-roaming-contacts</c> ([MS-SIP] §3.7.4.1): a SUBSCRIBE to one's own address is answered with the whole list, and changes follow as
/// deltas.
/// </summary>
internal sealed class ContactListApplication(ContactLists lists, ContactListSubscriptions subscriptions, UcServerOptions options) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Subscribe || request.ConferenceUri is not null || !EventNames.Is(request.Message, ServedEvents.Contacts))
        {
            return false;
        }

        var endpoint = request.Sender!.Id;
        if (request.Message.To is { HasTag: true })
        {
            request.Answer(StatusCode.CallOrTransactionDoesNotExist);
        }
        else if (!ConferenceChecks.IsUser(request.Message.UriText, endpoint.User))
        {
            request.Answer(ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.NotOwnList));
        }
        else
        {
            Accept(request, endpoint);
        }

        return true;
    }

    private void Accept(ServerRequest request, EndpointId endpoint)
    {
        var subscription = request.Incoming.CreateSubscription(new NameAddr(SipUri.Parse(endpoint.User)));
        var isFetch = subscription.RequestedExpires == TimeSpan.Zero;
        if (!isFetch)
        {
            // Over datagrams nothing tells that a client has gone: what it asks for anew it has forgotten.
            subscriptions.MakeRoom(endpoint, request.Flow.IsReliable ? options.ContactLists.MaxSubscriptionsPerEndpoint : 1);
            subscriptions.Add(endpoint, subscription);
        }

        subscription.Accept(options.PresenceExpires, ContentTypes.ContactList, lists.Get(endpoint.User).ToBytes(), piggyback: true, AutoExtend.Grant(request.Message));
    }
}
