using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// An invitation to a conference, sent or received: one INVITE dialog (dialog 1) that ends as soon as it is answered. Joining the
/// conference is another matter, see <see cref="Conversation.JoinAsync"/>.
/// </summary>
public sealed partial class ConferenceInvitation
{
    private readonly ModelContext _context;
    private readonly ConferenceInvitationOptions _options;
    private readonly ConferencingInvitation _document;
    private readonly ObservableState<
        ConferenceInvitationState, ConferenceInvitationTrigger, ConferenceInvitationStateTransitionReason, ConferenceInvitationStateChange> _machine;

    private readonly Attempt _closing = Attempt.Begin(CancellationToken.None);
    private readonly SipUri _remote;
    private InviteSession? _session;

    internal ConferenceInvitation(
        ModelContext context, Conversation conversation, ConferenceSession session, SipUri destination, ConferenceInvitationOptions options)
        : this(
            context,
            conversation,
            ConferenceInvitationState.Idle,
            destination,
            new ConferencingInvitation(session.ConferenceUri)
            {
                Subject = session.Subject,
                InstantMessaging = conversation.InstantMessageModality.State == ModalityState.Connected,
                Audio = options.Audio,
                ConversationId = options.ConversationId ?? conversation.Id,
            },
            options)
    {
    }

    internal ConferenceInvitation(
        ModelContext context, Conversation conversation, InviteSession session, SipUri inviter, ConferencingInvitation document)
        : this(context, conversation, ConferenceInvitationState.Incoming, inviter, document, new())
    {
        _session = session;
        session.StateChanged += OnIncomingChanged;
    }

    private ConferenceInvitation(
        ModelContext context,
        Conversation conversation,
        ConferenceInvitationState initial,
        SipUri remote,
        ConferencingInvitation document,
        ConferenceInvitationOptions options)
    {
        _context = context;
        _options = options;
        _document = document;
        _remote = remote;
        Conversation = conversation;
        IsIncoming = initial == ConferenceInvitationState.Incoming;
        _machine = new(context, ConferenceInvitationStates.Table, initial, Describe);
    }

    /// <summary>The conversation that takes place, or will take place, in the conference.</summary>
    public Conversation Conversation { get; }

    /// <summary>Whether it was received.</summary>
    public bool IsIncoming { get; }

    /// <summary>The other side: who is invited, or who invites.</summary>
    public string RemoteUri => _remote.Text;

    /// <summary>The address of the conference.</summary>
    public string ConferenceUri => _document.FocusUri;

    /// <summary>The subject of the conference; empty when there is none.</summary>
    public string Subject => _document.Subject ?? "";

    /// <summary>In which ways people talk in the conference.</summary>
    public ModalityTypes AvailableModalities =>
        (_document.InstantMessaging == true ? ModalityTypes.InstantMessage : ModalityTypes.None)
        | (_document.Audio == true || _document.Video == true ? ModalityTypes.AudioVideo : ModalityTypes.None)
        | (_document.ApplicationSharing == true ? ModalityTypes.ApplicationSharing : ModalityTypes.None);

    /// <summary>Where it stands.</summary>
    public ConferenceInvitationState State => _machine.State;

    /// <summary>Its changes, in order; the last leads to <see cref="ConferenceInvitationState.Terminated"/>.</summary>
    public IObservable<ConferenceInvitationStateChange> StateChanges => _machine.Changes;

    /// <summary>Cancelled when an answer is no longer wanted.</summary>
    internal CancellationToken Closing => _closing.Token;

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">It ended first.</exception>
    public Task WaitForStateAsync(ConferenceInvitationState state, CancellationToken cancellationToken = default) =>
        _machine.WaitAsync(state, cancellationToken);

    /// <summary>Ends it whatever its state, because the conversation or the client ends; returns when the dialog is over.</summary>
    internal async Task CloseAsync()
    {
        _closing.CallOff(new OperationCanceledException("The conversation was ended."));
        GiveUp();

        if (!_machine.IsFinal)
        {
            await _machine.WaitAsync(ConferenceInvitationState.Terminated, CancellationToken.None);
        }
    }

    /// <summary>The outcome is known; the rest of the dialog is ended in the background.</summary>
    private void End(ConferenceInvitationTrigger trigger, Exception? cause, bool sayGoodbye)
    {
        _machine.Fire(trigger, cause);
        _context.Work.Start(() => FinishAsync(trigger, cause, sayGoodbye));
    }

    private async Task FinishAsync(ConferenceInvitationTrigger trigger, Exception? cause, bool sayGoodbye)
    {
        if (sayGoodbye && _session is { } session)
        {
            await Goodbye.SayAsync(_context, session);
        }

        _machine.Fire(trigger, cause);
        Conversation.ConversationManager.Remove(this);
    }

    private static ConferenceInvitationStateChange Describe(
        StateRow<ConferenceInvitationState, ConferenceInvitationTrigger, ConferenceInvitationStateTransitionReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when);
}
