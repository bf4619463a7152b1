using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A conversation of the signed-in user. It takes place in a conference: the one it was made or joined for. Its state is the sum of its
/// modalities.
/// </summary>
public sealed class Conversation
{
    private readonly ModelContext _context;
    private readonly ObservableState<ConversationState, ConversationTrigger, ConversationStateChangeReason, ConversationStateChange> _machine;
    private readonly ActionWatch<ConversationAction> _actions;
    private Attempt? _attempt;
    private Task _joining = Task.CompletedTask;
    private Task? _finishing;

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
        Modalities = new Dictionary<ModalityTypes, Modality> { [ModalityTypes.AudioVideo] = AVModality };
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

    /// <summary>Who is there, the signed-in user included, while the user is in the conference.</summary>
    public ObservableList<Participant> Participants { get; }

    /// <summary>The signed-in user.</summary>
    public Participant SelfParticipant { get; }

    /// <summary>The ways of talking it has.</summary>
    public IReadOnlyDictionary<ModalityTypes, Modality> Modalities { get; }

    /// <summary>Its audio; the same object as in <see cref="Modalities"/>.</summary>
    public AVModality AVModality { get; }

    /// <summary>The conference it takes place in; null while it has none.</summary>
    public ConferenceSession? ConferenceSession { get; private set; }

    internal ServerConnection Connection { get; }

    internal bool IsFinishing => _finishing is not null;

    /// <summary>True while it exists only because somebody invites the user, who has not accepted.</summary>
    internal bool IsOffered { get; set; }

    internal int OpenDialogs => AVModality.OpenCalls + (ConferenceSession is { HasOpenDialogs: true } ? 1 : 0);

    /// <summary>Whether the action is possible now. Follows from the states of the conversation and its conference.</summary>
    public bool CanInvoke(ConversationAction action) => !IsFinishing && ConferenceSession is { } session && action switch
    {
        ConversationAction.AddParticipant => session.AccessType != ConferenceAccessType.Closed || session.State == ConferenceSessionState.Connected,
        ConversationAction.RemoveParticipant => session is { State: ConferenceSessionState.Connected, IsPresenter: true },
        _ => false,
    };

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">It ended first.</exception>
    public Task WaitForStateAsync(ConversationState state, CancellationToken cancellationToken = default) => _machine.WaitAsync(state, cancellationToken);

    /// <summary>Makes a conference for this conversation. It is not joined yet.</summary>
    /// <param name="options">What it is to be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; a conference that the server makes nevertheless expires by itself.</param>
    /// <exception cref="InvalidStateException">The conversation has a conference, or has ended.</exception>
    /// <exception cref="ConferenceFailureException">The server made none.</exception>
    public Task EscalateToConferenceAsync(MeetNowOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        return _context.Loop.InvokeAsync(async () =>
        {
            RequireOpen(nameof(EscalateToConferenceAsync));
            if (ConferenceSession is not null)
            {
                throw _machine.Refuse("EscalateToConferenceAsync a second time");
            }

            var uri = await Connection.ConferenceFactory.CreateAsync(options, cancellationToken);
            RequireOpen(nameof(EscalateToConferenceAsync));
            if (!ConferenceUri.TryParse(uri, out var focus))
            {
                throw new ConferenceFailureException(ConferenceStage.Scheduling, "the server made a conference with an unusable address");
            }

            BindTo(focus, options);
        });
    }

    /// <summary>
    /// Joins the conference: its focus, then its roster and its A/V server side by side. What fails takes down what was set up before, in
    /// the opposite order; the conversation stays and can join again.
    /// </summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every stage as it begins and ends, in order.</param>
    /// <param name="cancellationToken">Gives up; the task is cancelled when everything is taken down.</param>
    /// <exception cref="InvalidStateException">The conversation has no conference, has ended, or is joining or in the conference already.</exception>
    /// <exception cref="ConferenceFailureException">A stage failed; it names the stage, the SIP status and the server's diagnosis.</exception>
    public Task JoinAsync(JoinOptions? options = null, IProgress<JoinProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(async () =>
        {
            RequireOpen(nameof(JoinAsync));
            if (ConferenceSession is not { State: ConferenceSessionState.Idle } session)
            {
                throw ConferenceSession?.Refuse(nameof(JoinAsync)) ?? _machine.Refuse("JoinAsync without a conference");
            }

            IsOffered = false;
            var joining = JoinCoreAsync(session, options ?? new(), progress, cancellationToken);
            _joining = joining;
            await joining;
        });

    /// <summary>Makes an invitation of a user to this conference; it is sent with <see cref="ConferenceInvitation.DeliverAsync"/>.</summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The address is not a SIP URI.</exception>
    /// <exception cref="InvalidStateException">The conversation has no conference, or has ended.</exception>
    public ConferenceInvitation CreateInvitation(string uri, ConferenceInvitationOptions? options = null)
    {
        var destination = UserAddress.Parse(uri, nameof(uri));
        RequireOpen(nameof(CreateInvitation));
        return new ConferenceInvitation(_context, this, ConferenceSession ?? throw _machine.Refuse("CreateInvitation without a conference"), destination, options ?? new());
    }

    /// <summary>Invites a user to this conference and waits for the answer. A closed meeting is opened to the user first.</summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Takes the invitation back (CANCEL); the task is cancelled when the outcome is known.</param>
    /// <returns>The accepted invitation. The user joins by themselves: wait for them in <see cref="Participants"/>.</returns>
    /// <exception cref="ArgumentException">The address is not a SIP URI.</exception>
    /// <exception cref="InvalidStateException"><see cref="ConversationAction.AddParticipant"/> cannot be invoked now.</exception>
    /// <exception cref="FailureResponseException">The user declined, is not there or did not answer.</exception>
    /// <exception cref="ConferenceFailureException">The closed meeting could not be opened to the user.</exception>
    public async Task<ConferenceInvitation> InviteAsync(string uri, ConferenceInvitationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var invitation = CreateInvitation(uri, options);
        await invitation.DeliverAsync(cancellationToken);
        return invitation;
    }

    /// <summary>
    /// Leaves the conference and ends the conversation: audio first, then the roster, then the focus. Pending invitations are taken back.
    /// A second call waits for the same end.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the ending goes on.</param>
    public Task EndAsync(CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(() => _context.Loop.UntilAsync(FinishAsync(ConferenceSessionTrigger.Leave, null), cancellationToken));

    /// <param name="uri">The focus.</param>
    /// <param name="announced">What is known of the conference before its roster is.</param>
    internal void BindTo(ConferenceUri uri, MeetNowOptions announced)
    {
        ConferenceSession = new(_context, this, uri, announced);
        RefreshActions();
    }

    internal McuDialog CreateMcuDialog()
    {
        var focus = ConferenceUri.TryParse(ConferenceSession?.ConferenceUri, out var uri)
            ? uri
            : throw _machine.Refuse("connecting audio without a conference");
        return new(_context, Connection, SipUri.Parse(focus.For(ConferenceEntityTypes.AudioVideo).Text), Id);
    }

    internal IReadOnlyList<ParticipantSnapshot> SnapshotParticipants() => [.. Participants.Select(participant => participant.Snapshot)];

    internal void OnModalityChanged(ModalityStateChange change)
    {
        if (change.Current == ModalityState.Connected)
        {
            _machine.TryFire(ConversationTrigger.ConnectModality);
        }
        else if (change.Current == ModalityState.Disconnected)
        {
            _machine.TryFire(ConversationTrigger.DisconnectLastModality, change.Cause);
        }
    }

    internal void OnRosterChanged(IReadOnlyList<ConferenceChange> changes)
    {
        var isSelfRemoved = false;
        foreach (var change in changes)
        {
            switch (change)
            {
                case ConferenceChange.UserAdded added:
                    AddParticipant(RosterTranslation.ToSnapshot(added.User));
                    break;
                case ConferenceChange.UserChanged changed:
                    Find(changed.User.Entity)?.Update(RosterTranslation.ToSnapshot(changed.User));
                    break;
                case ConferenceChange.UserRemoved removed:
                    isSelfRemoved |= Find(removed.User.Entity) is { IsSelf: true };
                    RemoveParticipant(removed.User.Entity);
                    break;
            }
        }

        if (isSelfRemoved)
        {
            ConferenceSession?.OnSelfRemoved();
        }
    }

    internal void ClearRoster()
    {
        foreach (var participant in Participants)
        {
            RemoveParticipant(participant.Uri);
        }
    }

    /// <summary>Ends the conversation, whoever wants it; a second call waits for the first.</summary>
    internal Task FinishAsync(ConferenceSessionTrigger trigger, Exception? cause) => _finishing ??= FinishCoreAsync(trigger, cause);

    internal void RefreshActions()
    {
        _actions.Refresh();
        AVModality.RefreshActions();
    }

    private async Task JoinCoreAsync(ConferenceSession session, JoinOptions options, IProgress<JoinProgress>? progress, CancellationToken cancellationToken)
    {
        using var run = new JoinRun(_context, progress);
        using var attempt = _attempt = Attempt.Begin(cancellationToken);
        try
        {
            await session.EnterAsync(attempt, run);
            await ConnectAsync(attempt, session.SubscribeAsync(attempt, run), options.Audio ? AVModality.DialAsync(run, attempt.Token) : Task.CompletedTask);
        }
        catch (Exception thrown) when (thrown is ConferenceFailureException or OperationCanceledException)
        {
            var failure = Explain(attempt, thrown);
            await AVModality.EndAsync(ModalityTrigger.Disconnect, failure);
            await session.AbandonAsync(failure);
            throw failure;
        }
        finally
        {
            session.EndAttempt();
            _attempt = null;
        }
    }

    // Both stages run side by side; the first that fails calls the other off and is what the caller hears of.
    private static async Task ConnectAsync(Attempt attempt, params Task[] stages)
    {
        Exception? first = null;
        await Task.WhenAll(stages.Select(async stage =>
        {
            try
            {
                await stage;
            }
            catch (Exception failure) when (failure is ConferenceFailureException or OperationCanceledException)
            {
                first ??= failure;
                attempt.CallOff(failure);
            }
        }));
        if (first is not null)
        {
            throw first;
        }
    }

    private Exception Explain(Attempt attempt, Exception thrown)
    {
        var failure = attempt.Explain(thrown);
        if (failure is OperationCanceledException)
        {
            return failure;
        }

        var explained = failure as ConferenceFailureException ?? new ConferenceFailureException(ConferenceStage.Focus, failure);
        Log.JoinFailed(_context.Logger, explained.Stage, explained);
        return explained;
    }

    private async Task FinishCoreAsync(ConferenceSessionTrigger trigger, Exception? cause)
    {
        _attempt?.CallOff(cause ?? new OperationCanceledException("The conversation was ended."));
        await Task.WhenAny(_joining);
        var (modality, conversation) = trigger switch
        {
            ConferenceSessionTrigger.Leave => (ModalityTrigger.Disconnect, ConversationTrigger.EndLocally),
            ConferenceSessionTrigger.LoseConnection when !Connection.IsOpen => (ModalityTrigger.LoseConnection, ConversationTrigger.LoseConnection),
            ConferenceSessionTrigger.LoseConnection => (ModalityTrigger.EndConference, ConversationTrigger.LoseConnection),
            _ => (ModalityTrigger.EndConference, ConversationTrigger.EndRemotely),
        };
        ConferenceSession?.BeginDisconnect(trigger, cause);
        await AVModality.EndAsync(modality, cause);
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
        _actions.Complete();
        ConversationManager.Remove(this);
    }

    private void AddParticipant(ParticipantSnapshot snapshot)
    {
        if (Find(snapshot.Uri) is { } known)
        {
            known.Update(snapshot);
            return;
        }

        var isSelf = snapshot.Uri.Equals(SelfParticipant.Uri, StringComparison.OrdinalIgnoreCase);
        var participant = isSelf ? SelfParticipant : new Participant(_context, this, snapshot.Uri, isSelf: false);
        participant.Update(snapshot);
        Participants.Add(participant);
    }

    private void RemoveParticipant(string uri)
    {
        if (Find(uri) is not { } participant || !Participants.Remove(participant))
        {
            return;
        }

        participant.Update(participant.Snapshot with { Modalities = ParticipantModalities.None });
        if (!participant.IsSelf)
        {
            participant.Complete();
        }
    }

    private Participant? Find(string uri) => Participants.FirstOrDefault(participant => participant.Uri.Equals(uri, StringComparison.OrdinalIgnoreCase));

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
