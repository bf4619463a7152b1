using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Tells clients their settings in-band ([MS-SIPREGE] §2.2.2, §4.2): a SUBSCRIBE to one's own address, answered at once and over. Other
/// event packages at user addresses are not served.
/// </summary>
internal sealed class ProvisioningApplication(ProvisionedGroups settings) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Subscribe || request.ConferenceUri is not null)
        {
            return false;
        }

        var message = request.Message;
        if (!EventNames.Is(message, ServedEvents.Provisioning))
        {
            request.Answer(new ServerAnswer(StatusCode.BadEvent).With(HeaderName.AllowEvents, string.Join(',', ServedEvents.All)));
        }
        else if (!ConferenceChecks.IsUser(message.UriText, request.Sender!.Id.User))
        {
            // Settings are one's own.
            request.Answer(new ServerAnswer(StatusCode.Forbidden));
        }
        else if (message.Body.IsEmpty || !ProvisioningRequest.TryRead(message.Body, out var wanted, out _))
        {
            request.Answer(StatusCode.BadRequest, "Unreadable Provisioning Request");
        }
        else
        {
            Accept(request, wanted);
        }

        return true;
    }

    private void Accept(ServerRequest request, ProvisioningRequest wanted)
    {
        var user = request.Sender!.Id.User;
        var groups = wanted.Groups.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => settings.Of(name, user));
        var body = new ProvisioningNotification(ValueList.From(groups)).ToBytes();
        var subscription = request.Incoming.CreateSubscription(new NameAddr(SipUri.Parse(user)));
        // However long the client would like to listen: there is one notification and no more.
        subscription.Accept(TimeSpan.Zero, ContentTypes.Provisioning, body, piggyback: true);
    }
}
