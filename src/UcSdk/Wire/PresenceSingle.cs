using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A subscription to one contact at the contact's own address: where a server has sent us there ([MS-PRES] §3.4.5.1.3), or knows no batches (RFC 3856). On the loop only.
/// </summary>
internal sealed class PresenceSingle(ModelContext context, ServerConnection connection, WatchedContact contact, bool isPlain, IPresenceOwner owner) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly ReconnectBackoff _losses = new(FirstPause, LongestPause, context.Random);
    private readonly CancellationTokenSource _stop = new();
    private Subscription? _subscription;

    /// <summary>Subscribes, and again after each loss, until it is refused for good or closed.</summary>
    public void Start() => context.Work.Start(RunAsync);

    public void Dispose() => _stop.Dispose();

    public async Task CloseAsync(bool inOrder)
    {
        _stop.Cancel();
        var subscription = _subscription;
        _subscription = null;
        contact.Fire(ContactPresenceTrigger.Lose);
        try
        {
            if (subscription is not null && inOrder)
            {
                await subscription.UnsubscribeAsync();
            }
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(context.Logger, failure);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (await SubscribeAsync() is { } pause)
            {
                await context.Loop.DelayAsync(pause, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    /// <summary>Null when it is over for good; else how long to wait before another.</summary>
    private async Task<TimeSpan?> SubscribeAsync()
    {
        contact.Fire(contact.State == ContactPresenceState.Idle ? ContactPresenceTrigger.Subscribe : ContactPresenceTrigger.Retry);
        var request = isPlain ? PresenceRequests.Plain(connection, contact.Contact) : PresenceRequests.Single(connection, contact.Contact, owner.Needs);
        var subscription = _subscription = connection.Endpoint.Subscribe(request, new SubscriptionOptions { Flow = connection.Flow });
        subscription.NotificationReceived += message => OnNotification(subscription, message);
        subscription.StateChanged += change => OnStateChanged(subscription, change);
        try
        {
            SipException.ThrowIfRefused(await subscription.Established.UntilAsync(_stop.Token), "SUBSCRIBE presence");
            var reason = await subscription.Ended.UntilAsync(_stop.Token);
            contact.Fire(reason == SubscriptionReason.TerminatedByNotifier ? ContactPresenceTrigger.Refuse : ContactPresenceTrigger.Lose);
            return reason is SubscriptionReason.TerminatedByNotifier or SubscriptionReason.FlowLost ? null : _losses.Next();
        }
        catch (SipException failure) when (failure.Failure == SipFailure.Refused && !Refusal.IsPassing(failure))
        {
            if (PresenceRequests.IsNotUnderstood(failure.StatusCode) && !isPlain)
            {
                owner.OnNotUnderstood([contact]);
            }
            else
            {
                contact.Fire(ContactPresenceTrigger.Refuse);
            }

            return null;
        }
        catch (SipException failure)
        {
            Log.PresenceLost(context.Logger, failure);
            contact.Fire(ContactPresenceTrigger.Delay);
            var pause = _losses.Next();
            return failure.RetryAfter is { } asked && asked > pause ? asked : pause;
        }
    }

    private void OnNotification(Subscription subscription, SipMessage message)
    {
        if (subscription == _subscription)
        {
            _losses.Reset();
            owner.OnNotification(message);
        }
    }

    private void OnStateChanged(Subscription subscription, SubscriptionStateChange change)
    {
        if (subscription == _subscription)
        {
            if (change.Current == SubscriptionState.Waiting)
            {
                contact.Fire(ContactPresenceTrigger.Lose);
            }
            else if (change is { Previous: SubscriptionState.Waiting, Current: SubscriptionState.Subscribing })
            {
                contact.Fire(ContactPresenceTrigger.Retry);
            }
        }
    }
}
