using UcSdk.Core;

namespace UcSdk;

/// <summary>One way of talking in a conversation, seen from the signed-in user's side. It can be connected, disconnected and connected again.</summary>
public abstract class Modality
{
    private readonly ActionWatch<ModalityAction> _actions;

    private protected Modality(ModelContext context, Conversation conversation, StateTable<ModalityState, ModalityTrigger, ModalityStateChangeReason> table)
    {
        Context = context;
        Conversation = conversation;
        Machine = new(context, table, ModalityState.Disconnected, Describe) { Entered = OnEntered };
        _actions = new(context.Observers, table.Name, CanInvoke);
    }

    /// <summary>The conversation.</summary>
    public Conversation Conversation { get; }

    /// <summary>Which way of talking it is.</summary>
    public abstract ModalityTypes Type { get; }

    /// <summary>Where it stands.</summary>
    public ModalityState State => Machine.State;

    /// <summary>Its changes, in order. Ends when the conversation does.</summary>
    public IObservable<ModalityStateChange> StateChanges => Machine.Changes;

    /// <summary>Actions that become possible or impossible. Ends when the conversation does.</summary>
    public IObservable<ActionAvailability<ModalityAction>> ActionAvailabilityChanges => _actions.Changes;

    internal ObservableState<ModalityState, ModalityTrigger, ModalityStateChangeReason, ModalityStateChange> Machine { get; }

    private protected ModelContext Context { get; }

    /// <summary>Whether the action is possible now. Follows from the state table and from the conversation being in its conference.</summary>
    public bool CanInvoke(ModalityAction action) => action switch
    {
        ModalityAction.Connect => Machine.Permits(ModalityTrigger.Connect) && CanConnect,
        ModalityAction.Disconnect => Machine.Permits(ModalityTrigger.Disconnect),
        ModalityAction.Accept => Machine.Permits(ModalityTrigger.Accept) && IsOffered,
        ModalityAction.Reject => Machine.Permits(ModalityTrigger.Reject) && IsOffered,
        _ => CanDo(action),
    };

    /// <summary>What the invitation says by which this modality is <see cref="ModalityState.Notified"/>, or was last; null when there was none.</summary>
    public virtual InvitationInfo? Invitation => null;

    /// <summary>Accepts the invitation; ends when the inviter has acknowledged.</summary>
    /// <param name="cancellationToken">Stops waiting; the acceptance stands.</param>
    /// <exception cref="InvalidStateException">There is no invitation to answer, or it was taken back.</exception>
    /// <exception cref="FailureResponseException">The inviter did not acknowledge, or the connection was lost.</exception>
    public virtual Task AcceptAsync(CancellationToken cancellationToken = default) => Task.FromException(Machine.Refuse(nameof(AcceptAsync)));

    /// <summary>Rejects the invitation.</summary>
    /// <param name="reason">Why; it decides the SIP answer.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing is sent.</param>
    /// <exception cref="InvalidStateException">There is no invitation to answer, or it was taken back.</exception>
    public virtual Task RejectAsync(ModalityDisconnectReason reason = ModalityDisconnectReason.Decline, CancellationToken cancellationToken = default) =>
        Task.FromException(Machine.Refuse(nameof(RejectAsync)));

    /// <summary>Connects; ends when media flows, or messages can.</summary>
    /// <param name="cancellationToken">Gives up: what was begun is taken back (CANCEL, or BYE when the answer had come), then the task is cancelled.</param>
    /// <exception cref="InvalidStateException"><see cref="ModalityAction.Connect"/> cannot be invoked now.</exception>
    /// <exception cref="ConferenceFailureException">In a conference it was refused, could not be agreed, or no media came.</exception>
    /// <exception cref="FailureResponseException">Between two it was refused, or nobody answered.</exception>
    public abstract Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Disconnects, or gives up connecting; ends when the other side has confirmed or did not answer. Does nothing when disconnected.</summary>
    /// <param name="cancellationToken">Stops waiting; the disconnecting goes on.</param>
    public abstract Task DisconnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">The conversation ended first.</exception>
    public Task WaitForStateAsync(ModalityState state, CancellationToken cancellationToken = default) => Machine.WaitAsync(state, cancellationToken);

    internal void RefreshActions() => _actions.Refresh();

    internal virtual void Complete()
    {
        Machine.Complete();
        _actions.Complete();
    }

    /// <summary>Whether the surroundings would allow it to be connected.</summary>
    private protected abstract bool CanConnect { get; }

    /// <summary>Whether an invitation waits for an answer.</summary>
    private protected virtual bool IsOffered => false;

    /// <summary>Whether an action that only this modality has is possible now.</summary>
    private protected virtual bool CanDo(ModalityAction action) => false;

    private protected abstract ModalityStateChange Describe(
        StateRow<ModalityState, ModalityTrigger, ModalityStateChangeReason> row, Exception? cause, DateTimeOffset when);

    private void OnEntered(ModalityStateChange change)
    {
        _actions.Refresh();
        Conversation.OnModalityChanged(change);
    }
}
