using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The signed-in user's membership in a conference: the session with its focus and the roster.</summary>
public sealed class ConferenceSession
{
    private readonly ModelContext _context;
    private readonly Conversation _conversation;
    private readonly ConferenceUri _uri;
    private readonly ObservableState<ConferenceSessionState, ConferenceSessionTrigger, ConferenceSessionStateChangeReason, ConferenceSessionStateChange> _machine;
    private FocusDialog? _focus;
    private RosterSubscription? _roster;
    private Attempt? _attempt;
    private readonly MeetNowOptions _announced;

    internal ConferenceSession(ModelContext context, Conversation conversation, ConferenceUri uri, MeetNowOptions announced)
    {
        _context = context;
        _conversation = conversation;
        _uri = uri;
        _announced = announced;
        _machine = new(context, ConferenceSessionStates.Table, ConferenceSessionState.Idle, Describe) { Entered = _ => conversation.RefreshActions() };
    }

    /// <summary>The conversation that takes place in the conference.</summary>
    public Conversation Conversation => _conversation;

    /// <summary>The address of the focus, which is the conference's, exactly as the server wrote it.</summary>
    public string ConferenceUri => _uri.Text;

    /// <summary>Where it stands.</summary>
    public ConferenceSessionState State => _machine.State;

    /// <summary>Its changes, in order.</summary>
    public IObservable<ConferenceSessionStateChange> StateChanges => _machine.Changes;

    /// <summary>The subject: the roster's or, before there is one, that with which the conference was made or the invitation came. Empty when there is none.</summary>
    public string Subject => _roster?.Current?.Description?.Subject ?? _announced.Subject;

    /// <summary>Who may join: as the roster says or, before there is one, as the conference was made.</summary>
    public ConferenceAccessType AccessType =>
        RosterTranslation.ToAccessType(_roster?.Current?.Description?.AdmissionPolicy) is var known and not ConferenceAccessType.Unknown ? known : _announced.AccessType;

    /// <summary>Whether the focus granted the user the role of a presenter.</summary>
    public bool IsPresenter => _focus?.GrantedRole == ConferenceRoles.Presenter;

    /// <summary>Whose conference it is, <c>sip:user@domain</c>, as its address says.</summary>
    public string OrganizerUri => SipUri.Parse(_uri.Text).AddressOfRecord.Text;

    internal bool HasOpenDialogs => _focus is { IsOver: false } || _roster is { IsOver: false };

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">The session ended first.</exception>
    public Task WaitForStateAsync(ConferenceSessionState state, CancellationToken cancellationToken = default) =>
        _machine.WaitAsync(state, cancellationToken);

    /// <summary>Ends the meeting for everybody ([MS-CONFBAS], command deleteConference). Ends when the focus says that it is done.</summary>
    /// <param name="cancellationToken">Stops waiting; the command is not taken back.</param>
    /// <exception cref="InvalidStateException">The session is not connected.</exception>
    /// <exception cref="ConferenceFailureException">The focus refused: the user is no presenter, say.</exception>
    public Task EndMeetingAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(async () =>
    {
        RequireConnected(nameof(EndMeetingAsync));
        await CommandAsync(new DeleteConferenceCommand(ConferenceUri), endsSession: true, cancellationToken);
    });

    /// <summary>
    /// Removes a participant, with every endpoint, from the meeting ([MS-CONFBAS], command deleteUser). Ends when the focus says that it is
    /// done. The removed user may join again if the meeting is open to them.
    /// </summary>
    /// <param name="participant">Somebody in <see cref="Conversation.Participants"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the command is not taken back.</param>
    /// <exception cref="InvalidStateException">The session is not connected.</exception>
    /// <exception cref="ConferenceFailureException">The focus refused: the user is no presenter, or the participant has left.</exception>
    public Task EjectAsync(Participant participant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return _context.Loop.InvokeAsync(async () =>
        {
            RequireConnected(nameof(EjectAsync));
            await CommandAsync(new DeleteUserCommand(ConferenceUri, participant.Uri), endsSession: participant.IsSelf, cancellationToken);
        });
    }

    /// <summary>Lets a user into a closed meeting: adds the user without an endpoint ([MS-CONFBAS] §2.2.3.3).</summary>
    internal async Task AdmitAsync(string userUri, CancellationToken cancellationToken)
    {
        RequireConnected("InviteAsync to a closed meeting");
        var user = new ConferenceUser(userUri) { Roles = [ConferenceRoles.Attendee] };
        await CommandAsync(new AddUserCommand(ConferenceUri, user), endsSession: false, cancellationToken);
    }

    /// <summary>Enters the conference at its focus. What fails later is taken down with <see cref="AbandonAsync"/>.</summary>
    internal async Task EnterAsync(Attempt attempt, JoinRun run)
    {
        _machine.Demand(ConferenceSessionTrigger.Join, nameof(UcSdk.Conversation.JoinAsync));
        _attempt = attempt;
        run.Begin(ConferenceStage.Focus);
        var focus = _focus = new FocusDialog(_context, _conversation.Connection, ConferenceUri);
        focus.Ended = OnFocusEnded;
        await Stage(ConferenceStage.Focus, attempt, focus.JoinAsync(_conversation.Id, _context.Random.NextGuid(), attempt.Token));
        run.Complete(ConferenceStage.Focus);
    }

    /// <summary>Learns who is there; then the session is connected.</summary>
    internal async Task SubscribeAsync(Attempt attempt, JoinRun run)
    {
        run.Begin(ConferenceStage.Roster);
        var roster = _roster = new RosterSubscription(_context, _conversation.Connection, SipUri.Parse(ConferenceUri), _conversation.Id);
        roster.Changed = _conversation.OnRosterChanged;
        roster.ConferenceEnded = () => EndRemotely(ConferenceSessionTrigger.EndConference, null);
        roster.Lost = cause => EndRemotely(ConferenceSessionTrigger.LoseConnection, cause);
        await Stage(ConferenceStage.Roster, attempt, roster.OpenAsync(attempt.Token));
        _machine.Fire(ConferenceSessionTrigger.JoinComplete);
        run.Complete(ConferenceStage.Roster, roster.Exchanges);
    }

    /// <summary>Takes a join that failed down again, in the opposite order, so that it can be tried anew.</summary>
    internal async Task AbandonAsync(Exception cause)
    {
        var wasConnected = _machine.TryFire(ConferenceSessionTrigger.AbandonJoin, cause);
        await CloseDialogsAsync();
        _conversation.ClearRoster();
        if (wasConnected)
        {
            _machine.Fire(ConferenceSessionTrigger.AbandonComplete, cause);
        }
        else
        {
            _machine.TryFire(ConferenceSessionTrigger.JoinFail, cause);
        }
    }

    /// <summary>The join is over, one way or the other; from now on events end the session instead of calling the join off.</summary>
    internal void EndAttempt() => _attempt = null;

    /// <summary>Takes the row of an ending; nothing happens in a session that is not connected.</summary>
    internal bool BeginDisconnect(ConferenceSessionTrigger trigger, Exception? cause) => _machine.TryFire(trigger, cause);

    /// <summary>Ends the dialogs of a session that is being disconnected.</summary>
    internal async Task FinishAsync()
    {
        await CloseDialogsAsync();
        _machine.TryFire(ConferenceSessionTrigger.DisconnectComplete);
        _machine.Complete();
    }

    internal InvalidStateException Refuse(string operation) => _machine.Refuse(operation);

    /// <summary>The roster no longer lists the user.</summary>
    internal void OnSelfRemoved() => EndRemotely(ConferenceSessionTrigger.Eject, null);

    private async Task CloseDialogsAsync()
    {
        if (_roster is { } roster)
        {
            await roster.CloseAsync();
        }

        if (_focus is { } focus)
        {
            await focus.CloseAsync();
        }

        _focus = null;
    }

    private void OnFocusEnded(bool isLost) =>
        EndRemotely(isLost ? ConferenceSessionTrigger.LoseConnection : ConferenceSessionTrigger.EndByFocus, null);

    private void EndRemotely(ConferenceSessionTrigger trigger, Exception? cause)
    {
        if (_attempt is { } attempt)
        {
            attempt.CallOff(cause ?? EndOf(trigger, "The conference ended while it was being joined."));
        }
        else if (_machine.Permits(trigger) && !_conversation.ReturnsToPeer(this, cause ?? EndOf(trigger, "The conference ended.")))
        {
            _context.Work.Start(() => _conversation.FinishAsync(trigger, cause));
        }
    }

    private static SipException EndOf(ConferenceSessionTrigger trigger, string message) =>
        new(trigger == ConferenceSessionTrigger.LoseConnection ? SipFailure.FlowClosed : SipFailure.Terminated, message);

    private async Task CommandAsync(C3pCommand command, bool endsSession, CancellationToken cancellationToken)
    {
        try
        {
            await _focus!.SendAsync(command, cancellationToken);
        }
        catch (SipException ended) when (endsSession && ended.Failure == SipFailure.Terminated)
        {
            // The focus says goodbye to whom the command sends away; where that overtakes its answer, it is the answer.
        }
        catch (Exception failure) when (failure is SipException or TimeoutException)
        {
            throw new ConferenceFailureException(ConferenceStage.Command, failure);
        }
    }

    private static async Task Stage(ConferenceStage stage, Attempt attempt, Task work)
    {
        try
        {
            await work;
            attempt.Token.ThrowIfCancellationRequested();
        }
        catch (Exception thrown) when (thrown is SipException or TimeoutException or OperationCanceledException)
        {
            var failure = attempt.Explain(thrown);
            throw failure is OperationCanceledException ? failure : new ConferenceFailureException(stage, failure);
        }
    }

    private void RequireConnected(string operation)
    {
        if (State != ConferenceSessionState.Connected)
        {
            throw _machine.Refuse(operation);
        }
    }

    private ConferenceSessionStateChange Describe(
        StateRow<ConferenceSessionState, ConferenceSessionTrigger, ConferenceSessionStateChangeReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when, _conversation.SnapshotParticipants());
}
