using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The edge of presence: which subscription a number stands for, the timer of publications, and the one moment of a turn of the loop at which everybody is told what is new.
/// Used on the loop.
/// </summary>
internal sealed class PresenceSessions : IDisposable
{
    private readonly SerialLoop _loop;
    private readonly PresenceStore _store;
    private readonly PresenceSubscriptions _subscriptions;
    private readonly LoopTimer _timer;
    private readonly Dictionary<long, NotifierSubscription> _sessions = [];
    private bool _isTelling;

    public PresenceSessions(SerialLoop loop, PresenceStore store, PresenceSubscriptions subscriptions)
    {
        _loop = loop;
        _store = store;
        _subscriptions = subscriptions;
        _timer = new LoopTimer(loop, Elapse);
    }

    public int Count => _sessions.Count;

    /// <summary>Told of everything that has changed, before anybody else is: what must be kept is kept.</summary>
    public Action<PresenceChange>? Changed { get; set; }

    /// <summary>Takes a subscription that is about to be accepted; when it ends, it is fed no more.</summary>
    public void Add(IPresenceSubscription subscription, NotifierSubscription session)
    {
        var number = _subscriptions.Add(subscription);
        _sessions.Add(number, session);
        session.StateChanged += change =>
        {
            if (change.Current == NotifierState.Terminated)
            {
                _sessions.Remove(number);
                _subscriptions.Remove(number);
            }
        };
    }

    /// <summary>Lets those know who are concerned, when everything of this turn is done.</summary>
    /// <param name="change">What has changed.</param>
    /// <param name="by">The endpoint that learns it otherwise; null for none.</param>
    public void Apply(PresenceChange change, EndpointId? by = null)
    {
        _timer.SetDeadline(_store.NextDeadline);
        if (change.IsEmpty)
        {
            return;
        }

        Changed?.Invoke(change);
        _subscriptions.Apply(change, by);
        if (_subscriptions.HasNews && !_isTelling)
        {
            _isTelling = true;
            _loop.Post(Tell);
        }
    }

    /// <summary>An endpoint has registered.</summary>
    public void Begin(EndpointId endpoint) => Step(endpoint, (presentity, change) => presentity.AddEndpoint(endpoint.Instance, _store.WallNow, change));

    /// <summary>An endpoint has refreshed its registration: what was to last as long does (com.microsoft.autoextend).</summary>
    public void Extend(EndpointId endpoint, TimeSpan life)
    {
        foreach (var number in _subscriptions.Of(endpoint).ToArray())
        {
            if (_sessions.TryGetValue(number, out var session) && session.State == NotifierState.Active && AutoExtend.IsAskedFor(session.Request))
            {
                session.Extend(life);
            }
        }
    }

    /// <summary>An endpoint is found elsewhere from now on: what it subscribed to by the connection that it had goes with that one.</summary>
    public void Follow(Binding binding)
    {
        foreach (var number in _subscriptions.Of(binding.Id).ToArray())
        {
            if (_subscriptions.PartyOf(number) == binding.Id && _sessions.TryGetValue(number, out var session) && session.Flow.IsLeftBehindBy(binding.Flow))
            {
                Terminate(number);
            }
        }
    }

    /// <summary>Ends a subscription, and says so to whoever may still listen: not to come back, by the word for that (RFC 6665 §4.1.3).</summary>
    public void Terminate(long number)
    {
        if (_sessions.TryGetValue(number, out var session) && session.State == NotifierState.Active)
        {
            session.Terminate("rejected");
        }
    }

    /// <summary>An endpoint is registered no more: it publishes nothing, and watches nobody.</summary>
    public void End(EndpointId endpoint)
    {
        foreach (var number in _subscriptions.Of(endpoint).ToArray())
        {
            Terminate(number);
        }

        Step(endpoint, (presentity, change) => presentity.RemoveEndpoint(endpoint.Instance, _store.WallNow, change));
    }

    /// <summary>Forgets everything, when the server stops.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _sessions.Clear();
        _subscriptions.Clear();
        _store.Clear();
    }

    private void Step(EndpointId endpoint, Action<Presentity, PresenceChange> step)
    {
        var presentity = _store.Get(endpoint.User);
        var change = new PresenceChange(presentity);
        step(presentity, change);
        Apply(change);
    }

    private void Elapse()
    {
        var changes = new List<PresenceChange>();
        _store.Elapse(_loop.Now, changes);
        _timer.SetDeadline(_store.NextDeadline);
        changes.ForEach(change => Apply(change));
    }

    private void Tell()
    {
        _isTelling = false;
        foreach (var (number, notification) in _subscriptions.TakeNews())
        {
            if (_sessions.TryGetValue(number, out var session) && session.State == NotifierState.Active)
            {
                session.Notify(notification.ContentType, notification.Body);
            }
        }
    }
}
