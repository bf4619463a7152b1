using System.Reactive.Linq;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>Keeps the conversations of the signed-in user, makes them and joins conferences, and receives invitations.</summary>
public sealed partial class ConversationManager
{
    private readonly ModelContext _context;
    private readonly LyncClient _client;
    private readonly ChangeStream<InstantMessage> _messages;

    internal ConversationManager(ModelContext context, LyncClient client)
    {
        _context = context;
        _client = client;
        Conversations = new(context.Observers, "Conversations");
        ConferenceInvitations = new(context.Observers, "ConferenceInvitations");
        _messages = new(context.Observers, "AllInstantMessages");
    }

    /// <summary>The conversations that have not ended.</summary>
    public ObservableList<Conversation> Conversations { get; }

    /// <summary>The invitations, sent and received, that have not ended.</summary>
    public ObservableList<ConferenceInvitation> ConferenceInvitations { get; }

    /// <summary>
    /// The messages of all conversations, sent and received, as <see cref="InstantMessageModality.Messages"/> shows them: one stream for who answers or counts everything, in which no first
    /// message is missed. Those of one conversation are in order. Ends when the client is disposed.
    /// </summary>
    public IObservable<InstantMessage> Messages => _messages;

    /// <summary>Begins a conversation; with a conference's address, the one that takes place there already, if there is one. Nothing is sent.</summary>
    /// <param name="conferenceUri">The address of a conference, also with <c>conf:</c> or <c>meet:</c> before it; null for a conversation without one.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing is begun.</param>
    /// <exception cref="ArgumentException">It is not the address of a conference.</exception>
    /// <exception cref="NotSignedInException">The client is not signed in.</exception>
    public Task<Conversation> AddConversationAsync(string? conferenceUri = null, CancellationToken cancellationToken = default)
    {
        var uri = conferenceUri is null ? null : ParseConference(conferenceUri);
        return _context.Loop.InvokeAsync(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Find(uri) ?? Add(RequireConnection(nameof(AddConversationAsync)), null, uri);
        });
    }

    /// <summary>Begins a conversation with one other person, or gives the one there is. Nothing is sent: the first message, or connecting a modality, invites.</summary>
    /// <param name="uri">The person's address, <c>sip:user@domain</c>.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing is begun.</param>
    /// <returns>A conversation between two; never one in a conference, or one that the user has not accepted.</returns>
    /// <exception cref="ArgumentException">The address is not a SIP URI, or the user's own.</exception>
    /// <exception cref="NotSignedInException">The client is not signed in.</exception>
    public Task<Conversation> BeginConversationAsync(string uri, CancellationToken cancellationToken = default)
    {
        var address = UserAddress.Parse(uri, nameof(uri)).AddressOfRecord;
        return _context.Loop.InvokeAsync(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var connection = RequireConnection(nameof(BeginConversationAsync));
            if (address.Equals(connection.User.AddressOfRecord))
            {
                throw new ArgumentException("Nobody talks with themselves.", nameof(uri));
            }

            if (Conversations.FirstOrDefault(conversation => conversation is { IsBetweenTwo: true, IsMoving: false } && address.Equals(conversation.Peer)) is { } known)
            {
                return known;
            }

            var conversation = Add(connection, null);
            conversation.SetPeer(address, "");
            return conversation;
        });
    }

    /// <summary>Makes a conference, and a conversation in it. It is not joined yet.</summary>
    /// <param name="options">What the conference is to be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NotSignedInException">The client is not signed in.</exception>
    /// <exception cref="ConferenceFailureException">The server made no conference.</exception>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public Task<Conversation> MeetNowAsync(MeetNowOptions? options = null, CancellationToken cancellationToken = default)
    {
        options?.Validate();
        return _context.Loop.InvokeAsync(async () =>
        {
            var conversation = Add(RequireConnection(nameof(MeetNowAsync)), null);
            try
            {
                await conversation.EscalateToConferenceAsync(options, cancellationToken);
            }
            catch
            {
                await conversation.FinishAsync(ConferenceSessionTrigger.Leave, null);
                throw;
            }

            return conversation;
        });
    }

    /// <summary>Joins a conference, see <see cref="Conversation.JoinAsync"/>. Where that fails, a conversation that was made for it ends.</summary>
    /// <param name="conferenceUri">The address of the conference, also with <c>conf:</c> or <c>meet:</c> before it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every stage.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">It is not the address of a conference.</exception>
    /// <exception cref="NotSignedInException">The client is not signed in.</exception>
    /// <exception cref="ConferenceFailureException">A stage failed.</exception>
    public Task<Conversation> JoinConferenceAsync(
        string conferenceUri, JoinOptions? options = null, IProgress<JoinProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var uri = ParseConference(conferenceUri);
        return _context.Loop.InvokeAsync(async () =>
        {
            var known = Find(uri);
            var conversation = known ?? Add(RequireConnection(nameof(JoinConferenceAsync)), null, uri);
            try
            {
                await conversation.JoinAsync(options, progress, cancellationToken);
            }
            catch when (known is null)
            {
                await conversation.FinishAsync(ConferenceSessionTrigger.Leave, null);
                throw;
            }

            return conversation;
        });
    }

    internal Contact ContactOf(string uri) => _client.ContactManager.GetContactByUri(uri);

    internal void Add(ConferenceInvitation invitation) => ConferenceInvitations.Add(invitation);

    internal void Remove(ConferenceInvitation invitation) => ConferenceInvitations.Remove(invitation);

    internal void Remove(Conversation conversation) => Conversations.Remove(conversation);

    internal Task CloseInvitationsAsync(Conversation conversation) =>
        Task.WhenAll(ConferenceInvitations.Where(invitation => invitation.Conversation == conversation && !invitation.IsIncoming).Select(invitation => invitation.CloseAsync()));

    /// <summary>Ends everything, side by side.</summary>
    /// <param name="trigger">How.</param>
    /// <param name="cause">Why; null where the user wants it.</param>
    /// <param name="comesBack">True when the client signs in again by itself: conversations between two then wait for that.</param>
    internal async Task FinishAsync(ConferenceSessionTrigger trigger, Exception? cause, bool comesBack = false)
    {
        await Task.WhenAll(Conversations.Select(conversation => comesBack && conversation.IsBetweenTwo ? conversation.SuspendAsync(cause) : conversation.FinishAsync(trigger, cause)));
        await Task.WhenAll(ConferenceInvitations.Select(invitation => invitation.CloseAsync()));
    }

    /// <summary>The client has come back: conversations between two go on over the new connection.</summary>
    internal void Resume(ServerConnection connection)
    {
        foreach (var conversation in Conversations)
        {
            conversation.Resume(connection);
        }
    }

    /// <summary>Where instant messages are kept (<see cref="LyncClientOptions.History"/>); null for nowhere. A message that was just said may not be in it yet.</summary>
    public IConversationHistory? History => _context.History?.History;

    /// <summary>Tells of messages that the history did not keep, and has not been asked to keep again. Ends when the client is disposed.</summary>
    public IObservable<HistoryFailure> HistoryFailures => _context.History?.Failures ?? Observable.Empty<HistoryFailure>();

    internal void Show(InstantMessage message) => _messages.Publish(message);

    internal void Complete()
    {
        _messages.Complete();
        Conversations.Complete();
        ConferenceInvitations.Complete();
        _context.History?.Complete();
    }

    /// <summary>An invitation ended unaccepted: a conversation that nothing else holds ends with it.</summary>
    internal void OnOfferEnded(Conversation conversation)
    {
        if (conversation.IsOffered && conversation.InstantMessageModality.Offer is null && !ConferenceInvitations.Any(invitation => invitation.Conversation == conversation && invitation.IsUnanswered))
        {
            _context.Work.Start(() => conversation.FinishAsync(ConferenceSessionTrigger.Leave, null));
        }
    }

    private Conversation Add(ServerConnection connection, string? id, ConferenceUri? uri = null, string subject = "", Conversation? derivedFrom = null, ConversationDirection direction = ConversationDirection.Outgoing)
    {
        var conversation = new Conversation(_context, this, connection, id ?? _context.Random.NextHex(16)) { DerivedFrom = derivedFrom, Direction = direction };
        if (uri is not null)
        {
            conversation.BindTo(uri, new MeetNowOptions { AccessType = ConferenceAccessType.Unknown, Subject = subject });
        }

        if (direction == ConversationDirection.Outgoing)
        {
            Conversations.Add(conversation);
        }

        return conversation;
    }

    private Conversation? Find(ConferenceUri? uri) => uri is null ? null : Conversations.FirstOrDefault(conversation =>
        !conversation.IsFinishing && uri.Text.Equals(conversation.ConferenceSession?.ConferenceUri, StringComparison.OrdinalIgnoreCase));

    private ServerConnection RequireConnection(string operation) => _client.Connection ?? throw new NotSignedInException(_client.State, operation);

    private static ConferenceUri ParseConference(string text) =>
        ConferenceUri.TryParse(text, out var uri) && uri.EntityType == ConferenceEntityTypes.Focus
            ? uri
            : throw new ArgumentException("The address of a conference is wanted: sip:organizer@domain;gruu;opaque=app:conf:focus:id:…", nameof(text));
}
