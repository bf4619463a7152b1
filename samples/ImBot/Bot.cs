using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using UcSdk;

namespace ImBot;

/// <summary>
/// A user that is a program: it talks with everybody, answers <c>help</c>, <c>time</c>, <c>who</c> and <c>tell</c>, comes to conferences to which it is invited and
/// greets those who come after it. It lives as long as its client.
/// </summary>
internal sealed class Bot
{
    private const string Hint = "I answer to: help";
    private const string Help = "help: this\ntime: what time it is\nwho: who is here\ntell sip:USER@DOMAIN WORDS: say it to somebody, later if they are not there";

    private readonly LyncClient _client;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly Mailbox _mailbox = new();
    private readonly ContactSubscription _awaited;

    public Bot(LyncClient client, TimeProvider time, Action<string> log)
    {
        (_client, _time, _log) = (client, time, log);
        _awaited = client.ContactManager.CreateSubscription();
        client.StateChanges.Subscribe(change => log($"{change.Current} ({change.Reason})"));
        client.ConversationManager.HistoryFailures.Subscribe(failure => log($"{failure}"));
        client.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        client.ConversationManager.ConferenceInvitationHandler = ComeAsync;
        Follow(client.ConversationManager.Messages.Where(message => message.Direction == InstantMessageDirection.Incoming), AnswerAsync);
        Follow(client.ConversationManager.Conversations.Changes.Where(change => change.Kind == CollectionChangeKind.Added).SelectMany(change => Growing(change.Item!)), ReceiveAsync);
        Follow(client.ContactManager.InformationChanges.Where(change => IsThere(change.Contact)), change => HandOverAsync(change.Contact.Uri));
    }

    // Somebody wants the bot in a conference: it comes without audio, and says so.
    private async Task ComeAsync(ConferenceInvitation invitation, CancellationToken cancellationToken)
    {
        await invitation.AcceptAsync(cancellationToken);
        var conversation = invitation.Conversation;
        try
        {
            await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, cancellationToken: cancellationToken);
        }
        catch (ConferenceFailureException failure)
        {
            _log($"could not join: {failure.Message}");
            await conversation.EndAsync(CancellationToken.None);
            return;
        }

        await ReceiveAsync(conversation);
    }

    // A conversation that others make a conference takes the bot there without asking.
    private static IObservable<Conversation> Growing(Conversation conversation) => conversation.PropertyChanges
        .Where(change => change.Current.ConferenceEscalationProgress == ConferenceEscalationProgress.Completed && change.Previous.ConferenceEscalationProgress != ConferenceEscalationProgress.Completed)
        .Select(_ => conversation);

    private Task ReceiveAsync(Conversation conversation)
    {
        Follow(conversation.Participants.Changes, change => change switch
        {
            { Kind: CollectionChangeKind.Added, Item: { IsSelf: false } newcomer } => SayAsync(conversation, $"Welcome, {NameOf(newcomer)}. {Hint}"),
            { Kind: CollectionChangeKind.Removed, Items.Count: 1 } => conversation.EndAsync(),
            _ => Task.CompletedTask,
        });
        return SayAsync(conversation, "Hello, everybody. " + Hint);
    }

    private async Task AnswerAsync(InstantMessage message)
    {
        await HandOverAsync(message.Sender.Uri);
        var words = message.Text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = (words is [var command, ..] ? command.ToLowerInvariant() : "", words) switch
        {
            ("help", [_]) => Help,
            ("time", [_]) => _time.GetLocalNow().ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
            ("who", [_]) => string.Join('\n', message.Conversation.Participants.Select(NameOf).Order(StringComparer.Ordinal)),
            ("tell", [_, var person, var text]) => await TellAsync(person, $"{NameOf(message.Sender)} says: {text}"),
            // In company it speaks only when it is asked, and with another bot not for ever.
            _ => message.Conversation.ConferenceSession is null && !message.Text.EndsWith(Hint, StringComparison.Ordinal) ? "I did not understand. " + Hint : null,
        };
        if (answer is not null)
        {
            await SayAsync(message.Conversation, answer);
        }
    }

    private async Task<string> TellAsync(string person, string words)
    {
        Contact contact;
        try
        {
            contact = _client.ContactManager.GetContactByUri(person);
            if (await SayAsync(await _client.ConversationManager.BeginConversationAsync(contact.Uri), words))
            {
                return "Done.";
            }
        }
        catch (ArgumentException)
        {
            return $"{person} is nobody whom I could tell anything.";
        }

        if (!_mailbox.TryAdd(contact.Uri, words))
        {
            return "Too much waits already.";
        }

        _awaited.AddContact(contact);
        _awaited.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        return "They are not there. I will tell them.";
    }

    // To somebody who has come, or who writes.
    private async Task HandOverAsync(string person)
    {
        foreach (var words in _mailbox.Take(person))
        {
            if (!await SayAsync(await _client.ConversationManager.BeginConversationAsync(person), words))
            {
                _mailbox.TryAdd(person, words);
            }
        }
    }

    private async Task<bool> SayAsync(Conversation conversation, string words)
    {
        var delivery = await conversation.InstantMessageModality.SendMessageAsync(words);
        foreach (var missed in delivery.Undelivered)
        {
            _log($"not delivered: {missed}");
        }

        return delivery.IsDelivered;
    }

    // At once, without waiting for those before; what fails ends nothing but itself.
    private void Follow<T>(IObservable<T> source, Func<T, Task> act) => source.SelectMany(item => Observable.FromAsync(() => TryAsync(act, item), ImmediateScheduler.Instance)).Subscribe();

    private async Task TryAsync<T>(Func<T, Task> act, T item)
    {
        try
        {
            await act(item);
        }
        catch (Exception failure) when (failure is LyncClientException or InvalidStateException)
        {
            _log($"failed: {failure.Message}");
        }
    }

    private static bool IsThere(Contact contact) => contact.Availability is not (ContactAvailability.None or ContactAvailability.Offline);

    private static string NameOf(Participant participant) => participant.DisplayName.Length > 0 ? participant.DisplayName : participant.Uri[(participant.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
