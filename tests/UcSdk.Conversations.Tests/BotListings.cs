using System.Reactive.Linq;

namespace UcSdk.Conversations.Tests;

/// <summary>The listings of docs/guide/bot.md, as methods that run.</summary>
internal static class BotListings
{
    public static ConversationManager LetIn(LyncClient client)
    {
        // listing: letting people in
        var conversations = client.ConversationManager;
        conversations.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        conversations.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, cancellationToken: token);
        };
        // end of listing
        return conversations;
    }

    public static void Answer(ConversationManager conversations)
    {
        // listing: answering
        conversations.Messages
            .Where(message => message.Direction == InstantMessageDirection.Incoming && message.Text == "ping")
            .SelectMany(message => message.Conversation.InstantMessageModality.SendMessageAsync("pong"))
            .Subscribe(delivery => Console.WriteLine(delivery));
        // end of listing
    }

    public static async Task TellLaterAsync(LyncClient client, ConversationManager conversations)
    {
        // listing: telling later
        var conversation = await conversations.BeginConversationAsync("sip:bob@contoso.test");
        var delivery = await conversation.InstantMessageModality.SendMessageAsync("Lunch is ready");
        if (!delivery.IsDelivered)
        {
            var bob = client.ContactManager.GetContactByUri("sip:bob@contoso.test");
            bob.InformationChanges
                .Where(_ => bob.Availability is not (ContactAvailability.None or ContactAvailability.Offline))
                .Take(1)
                .SelectMany(_ => conversation.InstantMessageModality.SendMessageAsync("Lunch was ready"))
                .Subscribe(late => Console.WriteLine(late));
            var presence = client.ContactManager.CreateSubscription();
            presence.AddContact(bob);
            presence.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        }

        // end of listing
    }

    public static async Task<IReadOnlyList<HistoryMessage>> KeepAsync(LyncClientOptions options, string path)
    {
        // listing: keeping what was said
        await using var history = new JsonLinesHistory(path);     // or SqliteConversationHistory of UcSdk.Storage.Sqlite
        await using var client = new LyncClient(options with { History = history });
        await client.SignInAsync("sip:alice@contoso.test");

        var conversation = await client.ConversationManager.BeginConversationAsync("sip:bob@contoso.test");
        await conversation.InstantMessageModality.SendMessageAsync("Are you there?");
        var lately = await history.QueryAsync(new HistoryQuery { Person = "sip:bob@contoso.test", MaxCount = 50 }, CancellationToken.None);
        // end of listing
        return lately;
    }
}
