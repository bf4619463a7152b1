using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The contact list that the server keeps for the user: the subscription to it ([MS-SIP] §3.7, event <c>vnd-microsoft-roaming-contacts</c>). The list is what the server has said,
/// never what was asked for (<see cref="Changes"/>).
/// </summary>
internal sealed class RoamingContacts : ISignedInService, IDisposable
{
    public const string EventPackage = "vnd-microsoft-roaming-contacts";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly ModelContext _context;
    private readonly ReconnectBackoff _losses;
    private readonly ObservableState<ContactListState, ContactListTrigger, ContactListStateChangeReason, ContactListStateChange> _machine;
    private ServerConnection? _connection;
    private Subscription? _subscription;
    private CancellationTokenSource _stop = new();
    private CancellationToken _stopped;
    private TaskCompletionSource _told = NewSignal();
    private Task _reopening = Task.CompletedTask;

    public RoamingContacts(ModelContext context)
    {
        _context = context;
        Changes = new(context, this);
        _losses = new(FirstPause, LongestPause, context.Random);
        _machine = new(
            context, ContactListStates.Table, ContactListState.Idle, (row, cause, when) => new(row.From, row.To, row.Reason, cause, when, List?.DeltaNumber));
    }

    public string Name => "contacts";

    public ContactListState State => _machine.State;

    public IObservable<ContactListStateChange> StateChanges => _machine.Changes;

    /// <summary>Takes each list that the server tells, whole.</summary>
    public Action<ContactList>? Changed { get; set; }

    /// <summary>The list as last told; null before the first.</summary>
    public ContactList? List { get; private set; }

    /// <summary>The requests that change it.</summary>
    public ContactListChanges Changes { get; }

    /// <summary>Where it is kept; null while it is not asked for.</summary>
    public ServerConnection? Connection => _connection;

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Stopped => _stopped;

    /// <summary>Ends with the next news of the list.</summary>
    public Task Told => _told.Task;

    public void Complete() => _machine.Complete();

    public void Dispose() => _stop.Dispose();

    public async Task StartAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        if (!connection.Offers(EventPackage))
        {
            return;
        }

        if (_connection is null)
        {
            _connection = connection;
            _stop.Dispose();
            _stop = new();
            _stopped = _stop.Token;
            _losses.Reset();
        }

        await OpenAsync(cancellationToken);
    }

    public async Task StopAsync(ConnectionLoss? loss)
    {
        if (_connection is null)
        {
            return;
        }

        _connection = null;
        _stop.Cancel();
        _machine.TryFire(ContactListTrigger.Leave);
        if (_subscription is { } subscription)
        {
            _subscription = null;
            await LeaveAsync(subscription, loss is null);
        }

        await _reopening;
        _machine.TryFire(ContactListTrigger.Complete);
    }

    /// <summary>What is known is not all any more: the list is read anew.</summary>
    public void Miss()
    {
        if (_machine.TryFire(ContactListTrigger.FindGap))
        {
            Drop();
            Reopen();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _machine.Fire(State == ContactListState.Idle ? ContactListTrigger.Subscribe : ContactListTrigger.Retry);
        var connection = _connection!;
        try
        {
            var request = connection.CreateSubscribe(connection.User, EventPackage, ContentTypes.ContactList);
            var subscription = _subscription = connection.Endpoint.Subscribe(request, new SubscriptionOptions { Flow = connection.Flow });
            subscription.NotificationReceived += message => OnNotification(subscription, message);
            var listed = _told.Task;
            SipException.ThrowIfRefused(await subscription.Established.UntilAsync(cancellationToken), "SUBSCRIBE " + EventPackage);
            await _context.Loop.WithinAsync(listed, connection.TransactionTimeout, "The contact list", cancellationToken);
            subscription.StateChanged += change => OnSubscriptionChanged(subscription, change);
            _context.Work.Start(() => WatchAsync(subscription));
        }
        catch (Exception failure) when (failure is SipException or TimeoutException)
        {
            Drop();
            if (Refusal.IsPassing(failure))
            {
                _machine.TryFire(ContactListTrigger.Delay, failure);
            }
            else
            {
                _machine.TryFire(ContactListTrigger.Refuse, failure);
                _machine.TryFire(ContactListTrigger.Complete);
                Tell();
            }

            throw;
        }
    }

    private void OnNotification(Subscription subscription, SipMessage message)
    {
        if (subscription != _subscription || message.Body.IsEmpty)
        {
            return;
        }

        if (!ContactListNotification.TryRead(message.Body, out var notification, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            return;
        }

        if (notification is ContactList list)
        {
            Take(list);
        }
        else if (List is { } known && notification is ContactDelta delta && State == ContactListState.Subscribed)
        {
            if (delta.TryApply(known, out var changed))
            {
                _losses.Reset();
                Take(changed);
            }
            else if (delta.DeltaNumber != known.DeltaNumber)
            {
                Log.ContactListGap(_context.Logger, known.DeltaNumber, delta.PreviousDeltaNumber);
                Miss();
            }
        }
    }

    private void Take(ContactList list)
    {
        List = list;
        Changed?.Invoke(list);
        _machine.TryFire(ContactListTrigger.Listed);
        Tell();
    }

    private void Tell()
    {
        var told = _told;
        _told = NewSignal();
        told.TrySetResult();
    }

    // The floor renews by itself what the notifier lets go; until the list is told again, changes may go unseen.
    private void OnSubscriptionChanged(Subscription subscription, SubscriptionStateChange change)
    {
        if (subscription != _subscription)
        {
            return;
        }

        if (change.Current == SubscriptionState.Waiting)
        {
            _machine.TryFire(ContactListTrigger.Lose);
        }
        else if (change is { Previous: SubscriptionState.Waiting, Current: SubscriptionState.Subscribing })
        {
            _machine.TryFire(ContactListTrigger.Retry);
        }
    }

    private async Task WatchAsync(Subscription subscription)
    {
        await EndAsync(subscription);
        if (subscription != _subscription)
        {
            return;
        }

        _subscription = null;
        if (!_machine.TryFire(ContactListTrigger.Lose))
        {
            // The floor had begun to renew it, and that came to nothing.
            _machine.TryFire(ContactListTrigger.Delay);
        }

        Reopen();
    }

    private void Reopen()
    {
        if (_reopening.IsCompleted)
        {
            _context.Work.Start(() => _reopening = ReopenAsync());
        }
    }

    // At once, and then after pauses that grow until a change has been understood: a server that keeps on losing changes must not be asked for ever.
    private async Task ReopenAsync()
    {
        while (_connection is { IsOpen: true } && State == ContactListState.WaitingForRetry)
        {
            var isFirst = _losses.Failures == 0;
            var pause = _losses.Next();
            try
            {
                if (!isFirst)
                {
                    await _context.Loop.DelayAsync(pause, _stopped);
                }

                await OpenAsync(_stopped);
            }
            catch (Exception failure) when (failure is SipException or TimeoutException)
            {
                Log.ContactListLost(_context.Logger, failure);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task EndAsync(Subscription subscription)
    {
        try
        {
            await subscription.Ended;
        }
        catch (SipException)
        {
            // The endpoint was disposed.
        }
    }

    private void Drop()
    {
        if (_subscription is { } subscription)
        {
            _subscription = null;
            _context.Work.Start(() => LeaveAsync(subscription, inOrder: true));
        }
    }

    private async Task LeaveAsync(Subscription subscription, bool inOrder)
    {
        try
        {
            if (inOrder)
            {
                await subscription.UnsubscribeAsync();
            }
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(_context.Logger, failure);
        }
    }
}
