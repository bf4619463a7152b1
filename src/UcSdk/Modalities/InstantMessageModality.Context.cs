using UcSdk.Sip;

namespace UcSdk;

/// <content>What applications say goes where the messages go.</content>
public sealed partial class InstantMessageModality
{
    /// <param name="document">The document.</param>
    /// <param name="sending">Called when there is a session to say it in.</param>
    internal async Task<IReadOnlyList<RecipientDelivery>> SendContextAsync(byte[] document, Action sending)
    {
        if (_establishing is { IsCompleted: false } establishing)
        {
            await establishing;
        }
        else if (_leg is null && State == ModalityState.Connected && CanConnect)
        {
            await EstablishAsync(null, CancellationToken.None);
        }

        if (_leg is not { IsReady: true } leg)
        {
            throw Machine.Refuse(nameof(UcSdk.Conversation.SendContextDataAsync));
        }

        sending();
        Touch();
        var isConference = leg is MessageSession { IsConference: true };
        var outgoing = new OutgoingContext(Conversation.RecipientsOfMessages(isConference));
        if (leg is not MessageSession session)
        {
            // A plain SIP client would show it as a message.
            return new DeliveryResult(DeliveryOutcome.Failed, StatusCode.UnsupportedMediaType, StatusCode.ReasonPhrase(StatusCode.UnsupportedMediaType), null).ForAll(outgoing);
        }

        try
        {
            var response = await session.SendContextAsync(document);
            return response.IsSuccess && AwaitsReports(leg) && _reports.Await(outgoing, response) ? await outgoing.Outcome : DeliveryResult.Of(response).ForAll(outgoing);
        }
        catch (SipException failure)
        {
            return DeliveryResult.Of(failure).ForAll(outgoing);
        }
    }

    void IMessageOwner.OnContext(MessageSession session, SipUri? sender, Documents.ConversationContext context) => Conversation.OnContextReceived(sender, context);

    private void OnReported(OutgoingDelivery delivery, IReadOnlyList<RecipientDelivery> recipients)
    {
        if (delivery is OutgoingMessage message)
        {
            _outbox.Settle(message, recipients, isDelivered: true);
        }
        else
        {
            ((OutgoingContext)delivery).Complete(recipients);
        }
    }
}
