using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A conversation of the signed-in user: with one other person, or in a conference. One between two becomes a conference when a third is added. Its state is the sum of its
/// modalities.
/// </summary>
public sealed partial class Conversation
{
    private readonly ModelContext _context;
    private readonly ObservableState<ConversationState, ConversationTrigger, ConversationStateChangeReason, ConversationStateChange> _machine;
    private readonly ActionWatch<ConversationAction> _actions;
    private readonly ChangeStream<ConversationPropertiesChange> _propertyChanges;
    private readonly ChangeStream<ActiveModalitiesChange> _activeChanges;
    private Task _finishing = Task.CompletedTask;
    private long _lastActivity;

    internal Conversation(ModelContext context, ConversationManager manager, ServerConnection connection, string id)
    {
        _context = context;
        ConversationManager = manager;
        Connection = connection;
        Id = id;
        _machine = new(context, ConversationStates.Table, ConversationState.Inactive, Describe) { Entered = _ => RefreshActions() };
        Participants = new(context.Observers, "Participants");
        SelfParticipant = new(context, this, connection.User.Text, isSelf: true);
        _actions = new(context.Observers, "Conversation", CanInvoke);
        AVModality = new(context, this);
        InstantMessageModality = new(context, this);
        Modalities = new Dictionary<ModalityTypes, Modality> { [ModalityTypes.InstantMessage] = InstantMessageModality, [ModalityTypes.AudioVideo] = AVModality };
        _propertyChanges = new(context.Observers, "ConversationProperties");
        _contextData = new(context.Observers, "ContextData");
        _activeChanges = new(context.Observers, "ActiveModalities");
        OnActivity();
    }

    /// <summary>Who keeps it.</summary>
    public ConversationManager ConversationManager { get; }

    /// <summary>What all its dialogs have in common on the wire (header Ms-Conversation-ID).</summary>
    public string Id { get; }

    /// <summary>Where it stands.</summary>
    public ConversationState State => _machine.State;

    /// <summary>Its changes, in order; the last leads to <see cref="ConversationState.Terminated"/>.</summary>
    public IObservable<ConversationStateChange> StateChanges => _machine.Changes;

    /// <summary>Actions that become possible or impossible.</summary>
    public IObservable<ActionAvailability<ConversationAction>> ActionAvailabilityChanges => _actions.Changes;

    /// <summary>
    /// Who is there, the signed-in user included: between two from when the other is added or invites, in a conference while the user is in it.
    /// </summary>
    public ObservableList<Participant> Participants { get; }

    /// <summary>The signed-in user.</summary>
    public Participant SelfParticipant { get; }

    /// <summary>The ways of talking it has.</summary>
    public IReadOnlyDictionary<ModalityTypes, Modality> Modalities { get; }

    /// <summary>Those of them that the user is connected in.</summary>
    public ModalityTypes ActiveModalities { get; private set; }

    /// <summary>The changes of <see cref="ActiveModalities"/>. Ends when the conversation does.</summary>
    public IObservable<ActiveModalitiesChange> ActiveModalityChanges => _activeChanges;

    /// <summary>Its audio; the same object as in <see cref="Modalities"/>.</summary>
    public AVModality AVModality { get; }

    /// <summary>Its instant messages; the same object as in <see cref="Modalities"/>.</summary>
    public InstantMessageModality InstantMessageModality { get; }

    /// <summary>The conference it takes place in; null while it has none.</summary>
    public ConferenceSession? ConferenceSession { get; private set; }

    /// <summary>What is known about it at this moment: subject, importance, inviter and more.</summary>
    public ConversationProperties Properties { get; private set; } = new();

    /// <summary>The changes of <see cref="Properties"/>. Ends when the conversation does.</summary>
    public IObservable<ConversationPropertiesChange> PropertyChanges => _propertyChanges;

    /// <summary>What it is about; empty when nobody said. In a conference the conference's subject.</summary>
    public string Subject => ConferenceSession is { Subject.Length: > 0 } session ? session.Subject : Properties.Subject;

    /// <summary>How important it is to who began it.</summary>
    public ConversationImportance Importance => Properties.Importance;

    /// <summary>The conversation that this one goes on with where it could not be the same; null when it stands alone.</summary>
    public Conversation? DerivedFrom { get; internal init; }

    /// <summary>Who began it.</summary>
    public ConversationDirection Direction { get; internal init; } = ConversationDirection.Outgoing;

    /// <summary>When somebody last wrote or typed in it, or it began.</summary>
    public DateTimeOffset LastActivity => new(Volatile.Read(ref _lastActivity), TimeSpan.Zero);

    /// <summary>The connection that it uses; another one after the client has come back.</summary>
    internal ServerConnection Connection { get; private set; }

    /// <summary>What this client can show of a message.</summary>
    internal InstantMessageCapabilities OwnCapabilities => _context.Options.InstantMessageCapabilities;

    internal bool IsFinishing { get; private set; }

    /// <summary>True while it exists only because somebody invites the user, who has not accepted.</summary>
    internal bool IsOffered { get; set; }

    internal int OpenDialogs => AVModality.OpenCalls + InstantMessageModality.OpenSessions + (ConferenceSession is { HasOpenDialogs: true } ? 1 : 0);

    /// <summary>Whether the action is possible now. Follows from the states of the conversation and its conference.</summary>
    public bool CanInvoke(ConversationAction action) => !IsFinishing && action switch
    {
        ConversationAction.AddParticipant => ConferenceSession is not { } session || session.AccessType != ConferenceAccessType.Closed || session.State == ConferenceSessionState.Connected,
        ConversationAction.RemoveParticipant => ConferenceSession is null ? Peer is not null : ConferenceSession is { State: ConferenceSessionState.Connected, IsPresenter: true },
        ConversationAction.Merge => ConferenceSession is { State: ConferenceSessionState.Connected } || CanEscalate || IsMoving,
        _ => false,
    };

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">It ended first.</exception>
    public Task WaitForStateAsync(ConversationState state, CancellationToken cancellationToken = default) => _machine.WaitAsync(state, cancellationToken);

    /// <summary>
    /// Leaves the conference and ends the conversation: audio and messages first, then the roster, then the focus. Pending invitations are taken back or rejected.
    /// A second call waits for the same end.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the ending goes on.</param>
    public Task EndAsync(CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(() => FinishAsync(ConferenceSessionTrigger.Leave, null).UntilAsync(cancellationToken));

    internal IReadOnlyList<ParticipantSnapshot> SnapshotParticipants() => [.. Participants.Select(participant => participant.Snapshot)];

    internal void OnModalityChanged(ModalityStateChange change)
    {
        TellActive();
        if (change.Current == ModalityState.Connected)
        {
            _machine.TryFire(ConversationTrigger.ConnectModality);
        }
        else if (change.Current == ModalityState.Disconnected && Modalities.Values.All(modality => modality.State != ModalityState.Connected))
        {
            _machine.TryFire(ConversationTrigger.DisconnectLastModality, change.Cause);
        }

        ShowPeer();
    }

    internal void OnActivity() => Volatile.Write(ref _lastActivity, _context.WallClock.UtcTicks);

    private void TellActive()
    {
        var (previous, current) = (ActiveModalities, ModalityTypes.None);
        foreach (var (type, modality) in Modalities)
        {
            current |= modality.State == ModalityState.Connected ? type : ModalityTypes.None;
        }

        if (current != previous)
        {
            ActiveModalities = current;
            _activeChanges.Publish(new(previous, current));
        }
    }

    /// <summary>True for a conversation between two people that talk, or have talked, by messages only.</summary>
    internal bool IsBetweenTwo => !IsFinishing && !IsOffered && (ConferenceSession is null || IsMoving) && Peer is not null;

    /// <summary>The connection is gone, and may come back.</summary>
    internal async Task SuspendAsync(Exception? cause)
    {
        await StopMovingAsync(cause ?? new SipException(SipFailure.FlowClosed, "The connection to the server was lost."));
        await InstantMessageModality.EndAsync(ModalityTrigger.LoseConnection, cause);
    }

    /// <summary>Goes on over a new connection.</summary>
    internal void Resume(ServerConnection connection)
    {
        Connection = connection;
        RefreshActions();
    }

    /// <summary>Ends the conversation, whoever wants it; a second call waits for the first.</summary>
    internal Task FinishAsync(ConferenceSessionTrigger trigger, Exception? cause)
    {
        if (!IsFinishing)
        {
            // Said first: ending ends an invitation that waits, whose end would end the conversation.
            IsFinishing = true;
            _finishing = FinishCoreAsync(trigger, cause);
        }

        return _finishing;
    }

    internal void RefreshActions()
    {
        _actions.Refresh();
        AVModality.RefreshActions();
        InstantMessageModality.RefreshActions();
    }

    private async Task FinishCoreAsync(ConferenceSessionTrigger trigger, Exception? cause)
    {
        TellArrivals();
        var end = cause ?? new OperationCanceledException("The conversation was ended.");
        _attempt?.CallOff(end);
        await Task.WhenAny(_joining);
        await StopMovingAsync(end);
        var (modality, conversation) = trigger switch
        {
            ConferenceSessionTrigger.Leave => (ModalityTrigger.Disconnect, ConversationTrigger.EndLocally),
            ConferenceSessionTrigger.LoseConnection when !Connection.IsOpen => (ModalityTrigger.LoseConnection, ConversationTrigger.LoseConnection),
            ConferenceSessionTrigger.LoseConnection => (ModalityTrigger.EndConference, ConversationTrigger.LoseConnection),
            _ => (ModalityTrigger.EndConference, ConversationTrigger.EndRemotely),
        };
        ConferenceSession?.BeginDisconnect(trigger, cause);
        await Task.WhenAll(AVModality.EndAsync(modality, cause), InstantMessageModality.EndAsync(modality, cause));
        await ConversationManager.CloseInvitationsAsync(this);
        if (ConferenceSession is { } session)
        {
            await session.FinishAsync();
        }

        ClearRoster();
        _machine.Fire(conversation, cause);
        Participants.Complete();
        SelfParticipant.Complete();
        AVModality.Complete();
        InstantMessageModality.Complete();
        _propertyChanges.Complete();
        _activeChanges.Complete();
        _contextData.Complete();
        _actions.Complete();
        ConversationManager.Remove(this);
    }

    private async Task StopMovingAsync(Exception cause)
    {
        _move?.CallOff(cause);
        _peerLeads?.TrySetResult();
        await Task.WhenAny(_leading);
        await Task.WhenAny(_following);
    }

    private void RequireOpen(string operation)
    {
        if (IsFinishing)
        {
            throw _machine.Refuse(operation);
        }
    }

    private ConversationStateChange Describe(
        StateRow<ConversationState, ConversationTrigger, ConversationStateChangeReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when, SnapshotParticipants());
}
