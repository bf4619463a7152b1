using System.Reactive.Linq;

namespace UcSdk.Conversations.Tests;

/// <summary>The listing of docs/guide/messages.md, as a method that runs.</summary>
internal static class MessageListings
{
    public static async Task WriteAsync(LyncClient client)
    {
        // listing: messages
        client.ConversationManager.ModalityInvitationHandler = (modality, cancellationToken) => modality.AcceptAsync(cancellationToken);
        client.ConversationManager.Messages.Subscribe(message => Console.WriteLine($"{message.Sender.Uri}: {message.Text}"));

        var conversation = await client.ConversationManager.BeginConversationAsync("sip:bob@contoso.test");
        var delivery = await conversation.InstantMessageModality.SendMessageAsync("Lunch?");
        foreach (var recipient in delivery.Undelivered)
        {
            Console.WriteLine($"{recipient.Uri}: {recipient.Outcome}, {recipient.StatusCode} {recipient.ReasonPhrase}");
        }

        await conversation.AddParticipantAsync("sip:carol@contoso.test");
        // end of listing
    }
}
