using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The subscription to the roster of a conference (RFC 4575; [MS-CONFBAS] §3.2): piggybacked, NOTIFY and BENOTIFY alike, merged in order.
/// Lost notifications are noticed, and a new subscription is made.
/// </summary>
internal sealed class RosterSubscription
{
    // A focus that keeps on sending documents with gaps would keep us subscribing for ever.
    private const int MaxSubscriptions = 5;

    private readonly ModelContext _context;
    private readonly ServerConnection _connection;
    private readonly SipUri _focusUri;
    private readonly string _conversationId;
    private readonly ConferenceRoster _roster;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Subscription? _subscription;
    private bool _closed;

    public RosterSubscription(ModelContext context, ServerConnection connection, SipUri focusUri, string conversationId)
    {
        _context = context;
        _connection = connection;
        _focusUri = focusUri;
        _conversationId = conversationId;
        _roster = new ConferenceRoster(context.Seams.MergeRules);
    }

    /// <summary>Takes what each notification changed.</summary>
    public Action<IReadOnlyList<ConferenceChange>>? Changed { get; set; }

    /// <summary>Raised once when the focus says that the conference is over.</summary>
    public Action? ConferenceEnded { get; set; }

    /// <summary>Raised once when the subscription is gone for another reason.</summary>
    public Action<Exception>? Lost { get; set; }

    /// <summary>The conference as last known; null before the first notification.</summary>
    public ConferenceInfo? Current => _roster.Current;

    /// <summary>How often the focus was asked.</summary>
    public int Exchanges { get; private set; }

    public bool IsOver => _subscription is null or { State: SubscriptionState.Lingering or SubscriptionState.Terminated };

    /// <summary>Subscribes; ends when the first full document is known.</summary>
    /// <exception cref="SipException">Refused, no answer, the flow was lost, or the subscription ended before its first document.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var subscription = Subscribe();
        var response = await subscription.Established.UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(response, "SUBSCRIBE conference");
        await _context.Loop.WithinAsync(_first.Task, _connection.TransactionTimeout, "The first roster", cancellationToken);
    }

    /// <summary>Unsubscribes and waits for the answer.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        if (_subscription is { } subscription)
        {
            await UnsubscribeAsync(subscription);
        }
    }

    private Subscription Subscribe()
    {
        Exchanges++;
        _roster.BeginSubscription();
        var request = _connection.CreateSubscribe(_focusUri, "conference", ContentTypes.ConferenceInfo);
        request.Headers.Add(HeaderName.MsConversationId, _conversationId);
        var subscription = _subscription = _connection.Endpoint.Subscribe(request, new SubscriptionOptions { Flow = _connection.Flow, Resubscribe = false });
        subscription.NotificationReceived += message => OnNotification(subscription, message);
        _context.Work.Start(() => WatchAsync(subscription));
        return subscription;
    }

    private void OnNotification(Subscription subscription, SipMessage message)
    {
        if (_closed || subscription != _subscription || message.ContentType != ContentTypes.ConferenceInfo)
        {
            return;
        }

        if (!ConferenceInfo.TryRead(message.Body, out var document, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            return;
        }

        switch (_roster.Merge(document))
        {
            case ConferenceMergeResult.Applied applied:
                Changed?.Invoke(applied.Changes);
                _first.TrySetResult();
                break;
            case ConferenceMergeResult.Ended ended:
                // First the reason: that everybody left the roster, this user included, only follows from it.
                ConferenceEnded?.Invoke();
                _first.TrySetException(new SipException(SipFailure.Terminated, "The conference ended."));
                Changed?.Invoke(ended.Changes);
                break;
            case ConferenceMergeResult.Gap:
                Log.RosterGap(_context.Logger);
                Renew(subscription);
                break;
            case ConferenceMergeResult.Discarded:
                break;
        }
    }

    private void Renew(Subscription old)
    {
        if (Exchanges >= MaxSubscriptions)
        {
            Fail(new SipException(SipFailure.Terminated, "The focus keeps on losing notifications."));
            return;
        }

        _subscription = null;
        _context.Work.Start(async () =>
        {
            await UnsubscribeAsync(old);
            if (!_closed)
            {
                Subscribe();
            }
        });
    }

    private async Task WatchAsync(Subscription subscription)
    {
        SipException failure;
        try
        {
            failure = new(SipFailure.Terminated, $"The roster subscription ended: {await subscription.Ended}.");
        }
        catch (SipException disposed)
        {
            // The client had to close before the focus answered.
            failure = disposed;
        }

        if (!_closed && subscription == _subscription)
        {
            Fail(failure);
        }
    }

    private void Fail(SipException failure)
    {
        // Where the first document is still awaited, opening fails; afterwards the owner hears of the loss.
        if (!_first.TrySetException(failure) && !_closed)
        {
            _closed = true;
            Lost?.Invoke(failure);
        }
    }

    private async Task UnsubscribeAsync(Subscription subscription)
    {
        try
        {
            await subscription.UnsubscribeAsync();
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(_context.Logger, failure);
        }
    }
}
