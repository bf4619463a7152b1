using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Keeps the conversations of the signed-in user, makes and joins conferences, and receives invitations.</summary>
public sealed class ConversationManager
{
    private readonly ModelContext _context;
    private readonly LyncClient _client;
    private Func<ConferenceInvitation, CancellationToken, Task>? _handler;

    internal ConversationManager(ModelContext context, LyncClient client)
    {
        _context = context;
        _client = client;
        Conversations = new(context.Observers, "Conversations");
        ConferenceInvitations = new(context.Observers, "ConferenceInvitations");
    }

    /// <summary>The conversations that have not ended.</summary>
    public ObservableList<Conversation> Conversations { get; }

    /// <summary>The invitations, sent and received, that have not ended.</summary>
    public ObservableList<ConferenceInvitation> ConferenceInvitations { get; }

    /// <summary>
    /// Decides on incoming invitations: it calls <see cref="ConferenceInvitation.AcceptAsync"/> or
    /// <see cref="ConferenceInvitation.DeclineAsync"/>. While none is set, callers get 480 at once. An invitation about which the task ends
    /// without a decision, or that makes it fail, is answered 480 too.
    /// </summary>
    /// <remarks>
    /// Each invitation gets a call of its own, away from the client's loop. The token is cancelled when the inviter takes the invitation
    /// back, when another endpoint of the user answers it, when it has rung for <see cref="LyncClientOptions.RingTimeout"/>, and when the
    /// client signs out.
    /// </remarks>
    public Func<ConferenceInvitation, CancellationToken, Task>? ConferenceInvitationHandler
    {
        get => Volatile.Read(ref _handler);
        set => Volatile.Write(ref _handler, value);
    }

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

    internal void Add(ConferenceInvitation invitation) => ConferenceInvitations.Add(invitation);

    internal void Remove(ConferenceInvitation invitation) => ConferenceInvitations.Remove(invitation);

    internal void Remove(Conversation conversation) => Conversations.Remove(conversation);

    internal Task CloseInvitationsAsync(Conversation conversation) =>
        Task.WhenAll(ConferenceInvitations.Where(invitation => invitation.Conversation == conversation && !invitation.IsIncoming).Select(invitation => invitation.CloseAsync()));

    /// <summary>Ends everything, side by side.</summary>
    internal async Task FinishAsync(ConferenceSessionTrigger trigger, Exception? cause)
    {
        await Task.WhenAll(Conversations.Select(conversation => conversation.FinishAsync(trigger, cause)));
        await Task.WhenAll(ConferenceInvitations.Select(invitation => invitation.CloseAsync()));
    }

    internal void Complete()
    {
        Conversations.Complete();
        ConferenceInvitations.Complete();
    }

    /// <summary>An invitation ended unaccepted: a conversation that nothing else holds ends with it.</summary>
    internal void OnOfferEnded(Conversation conversation)
    {
        if (conversation.IsOffered && !ConferenceInvitations.Any(invitation => invitation.Conversation == conversation && invitation.IsUnanswered))
        {
            _context.Work.Start(() => conversation.FinishAsync(ConferenceSessionTrigger.Leave, null));
        }
    }

    /// <summary>Takes an INVITE with an invitation.</summary>
    internal void OnInvitation(ServerConnection connection, IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!ConferencingInvitation.TryRead(request.Body, out var document, out var error) || !ConferenceUri.TryParse(document.FocusUri, out var uri)
            || request.From is not { } from)
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            incoming.Respond(StatusCode.BadRequest);
            return;
        }

        if (ConferenceInvitationHandler is not { } handler)
        {
            incoming.Respond(StatusCode.TemporarilyUnavailable);
            return;
        }

        var session = incoming.CreateInviteSession(connection.Contact);
        var known = Find(uri);
        var conversation = known ?? Add(connection, request.Headers[HeaderName.MsConversationId] ?? document.ConversationId, uri, document.Subject ?? "");
        conversation.IsOffered |= known is null;
        var invitation = new ConferenceInvitation(_context, conversation, session, from.Uri, document);
        Add(invitation);
        session.Ring();
        _context.Work.Start(() => DecideAsync(handler, invitation));
    }

    private async Task DecideAsync(Func<ConferenceInvitation, CancellationToken, Task> handler, ConferenceInvitation invitation)
    {
        // The handler is the user's code, and so are the callbacks on its token: both run on a loop of their own, and delay nobody.
        var decisions = _context.Observers.CreateLoop();
        var withdrawn = new CancellationTokenSource();
        // Where the network has swallowed the caller's CANCEL, nobody else would ever stop the ringing.
        using var patience = new LoopTimer(_context.Loop, invitation.GiveUp);
        patience.SetDeadline(_context.Loop.Now + _context.Options.RingTimeout);
        using var closing = invitation.Closing.Register(() => decisions.Post(withdrawn.Cancel));
        try
        {
            await decisions.InvokeAsync(() => handler(invitation, withdrawn.Token));
        }
        catch (OperationCanceledException) when (invitation.Closing.IsCancellationRequested)
        {
            // Nobody waits for its decision any more.
        }
        catch (Exception fault)
        {
            Log.InvitationHandlerThrew(_context.Logger, fault);
        }

        if (invitation.IsUnanswered)
        {
            await invitation.DeclineAsync(ConferenceInvitationDeclineReason.Unavailable);
        }
    }

    private Conversation Add(ServerConnection connection, string? id, ConferenceUri? uri = null, string subject = "")
    {
        var conversation = new Conversation(_context, this, connection, id ?? _context.Random.NextHex(16));
        if (uri is not null)
        {
            conversation.BindTo(uri, new MeetNowOptions { AccessType = ConferenceAccessType.Unknown, Subject = subject });
        }

        Conversations.Add(conversation);
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
