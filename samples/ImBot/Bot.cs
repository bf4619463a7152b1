using System.Globalization;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using UcSdk;

namespace ImBot;

/// <summary>
/// A user that is a program: it talks with everybody, answers <c>help</c>, <c>time</c>, <c>who</c> and <c>tell</c>, comes to conferences to which it is invited and
/// greets those who come after it.
/// </summary>
internal sealed class Bot : IAsyncDisposable
{
    private const string Help = "help: this\ntime: what time it is\nwho: who is here\ntell sip:USER@DOMAIN WORDS: say it to somebody, later if they are not there";

    private readonly LyncClient _client;
    private readonly Action<string> _log;
    private readonly TimeProvider _time;
    private readonly Mailbox _mailbox = new();
    private readonly ContactSubscription _presence;
    private readonly CompositeDisposable _subscriptions = [];

    public Bot(LyncClientOptions options, Action<string> log)
    {
        _client = new LyncClient(options);
        _log = log;
        _time = options.TimeProvider;
        _presence = _client.ContactManager.CreateSubscription();
        _client.ConversationManager.ModalityInvitationHandler = TalkAsync;
        _client.ConversationManager.ConferenceInvitationHandler = ComeAsync;
        Follow(_client.StateChanges, change => Tell($"{change.Current} ({change.Reason})"));
        Follow(_client.ConversationManager.HistoryFailures, failure => Tell($"{failure}"));
    }

    /// <summary>Signs in; from then on everything else happens by itself.</summary>
    /// <exception cref="LyncClientException">The sign-in failed.</exception>
    public Task StartAsync(string uri, CancellationToken cancellationToken) => _client.SignInAsync(uri, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _subscriptions.Dispose();
    }

    // Somebody wants to talk.
    private Task TalkAsync(Modality modality, CancellationToken cancellationToken)
    {
        if (modality is not InstantMessageModality)
        {
            return modality.RejectAsync(ModalityDisconnectReason.NotAcceptableHere, cancellationToken);
        }

        Answer(modality.Conversation);
        return modality.AcceptAsync(cancellationToken);
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

        Answer(conversation);
        Follow(conversation.Participants.Changes, change => change switch
        {
            { Kind: CollectionChangeKind.Added, Item: { IsSelf: false } newcomer } => SayAsync(conversation, $"Welcome, {NameOf(newcomer)}. I answer to: help"),
            { Kind: CollectionChangeKind.Removed, Items.Count: 1 } => conversation.EndAsync(),
            _ => Task.CompletedTask,
        });
        await SayAsync(conversation, "Hello, everybody. I answer to: help");
    }

    private void Answer(Conversation conversation) =>
        Follow(conversation.InstantMessageModality.Messages.Where(message => message.Direction == InstantMessageDirection.Incoming), message => AnswerAsync(conversation, message));

    private async Task AnswerAsync(Conversation conversation, InstantMessage message)
    {
        await DeliverAsync(message.Sender.Uri);
        var words = message.Text.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = words switch
        {
            [var word] when Is(word, "help") => Help,
            [var word] when Is(word, "time") => _time.GetLocalNow().ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
            [var word] when Is(word, "who") => string.Join('\n', conversation.Participants.Select(NameOf).Order(StringComparer.Ordinal)),
            [var word, var person, var text] when Is(word, "tell") => await TellAsync(person, $"{NameOf(message.Sender)} says: {text}"),
            // In company it speaks only when it is asked.
            _ => conversation.ConferenceSession is null ? "I did not understand. I answer to: help" : null,
        };
        if (answer is not null)
        {
            await SayAsync(conversation, answer);
        }
    }

    private async Task<string> TellAsync(string person, string words)
    {
        Contact contact;
        try
        {
            contact = _client.ContactManager.GetContactByUri(person);
        }
        catch (ArgumentException)
        {
            return $"{person} is nobody's address.";
        }

        if (await TrySayAsync(contact.Uri, words))
        {
            return "Done.";
        }

        if (!_mailbox.TryAdd(contact.Uri, words))
        {
            return "Too much waits for them already.";
        }

        if (!_presence.Contacts.Contains(contact))
        {
            Follow(contact.InformationChanges.Where(_ => contact.Availability is not (ContactAvailability.None or ContactAvailability.Offline)), _ => DeliverAsync(contact.Uri));
            _presence.AddContact(contact);
            _presence.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        }

        return "They are not there. I will tell them.";
    }

    private async Task DeliverAsync(string person)
    {
        foreach (var words in _mailbox.Take(person))
        {
            if (!await TrySayAsync(person, words))
            {
                _mailbox.TryAdd(person, words);
            }
        }
    }

    private async Task<bool> TrySayAsync(string person, string words)
    {
        var conversation = _client.ConversationManager.Conversations.FirstOrDefault(open => open.ConferenceSession is null
            && open.Participants.Any(participant => participant.Uri.Equals(person, StringComparison.OrdinalIgnoreCase)));
        if (conversation is null)
        {
            conversation = await _client.ConversationManager.AddConversationAsync();
            await conversation.AddParticipantAsync(person);
            Answer(conversation);
        }

        return await SayAsync(conversation, words);
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

    // One after another, and one that fails ends nothing but itself.
    private void Follow<T>(IObservable<T> source, Func<T, Task> act) => _subscriptions.Add(source
        .Select(item => Observable.FromAsync(() => act(item)).Catch<Unit, LyncClientException>(failure => Observable.FromAsync(() => Tell($"failed: {failure.Message}"))))
        .Concat()
        .Subscribe(_ => { }, failure => _log($"ended: {failure.Message}")));

    private Task Tell(string line)
    {
        _log(line);
        return Task.CompletedTask;
    }

    private static bool Is(string word, string command) => word.Equals(command, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(Participant participant) => participant.DisplayName.Length > 0 ? participant.DisplayName : participant.Uri[(participant.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
