using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// One dialog that watches many contacts ([MS-PRES] §3.4.4.1): who is wanted is gathered and asked for at once, one SUBSCRIBE at a time, those who come and go later inside the
/// same dialog. On the loop only.
/// </summary>
internal sealed class PresenceBatch(ModelContext context, ServerConnection connection, SipUri target, IPresenceOwner owner) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private readonly ReconnectBackoff _losses = new(FirstPause, LongestPause, context.Random);
    private readonly HashSet<WatchedContact> _wanted = [];
    private readonly HashSet<WatchedContact> _asked = [];
    private readonly CancellationTokenSource _stop = new();
    private Subscription? _subscription;
    private PresenceNeeds _askedNeeds;
    private uint _action = 1;
    private bool _isBusy;

    /// <summary>How many are in it: those that are wanted, and those that the server still tells of.</summary>
    public int Count => _asked.Count == 0 ? _wanted.Count : _wanted.Union(_asked).Count();

    /// <summary>Whether the contact is in it, or was asked for and is to go.</summary>
    public bool Has(WatchedContact contact) => _wanted.Contains(contact) || _asked.Contains(contact);

    /// <summary>Wants the contact, from the next <see cref="Flush"/> on.</summary>
    public void Add(WatchedContact contact) => _wanted.Add(contact);

    /// <summary>Wants the contact no more, from the next <see cref="Flush"/> on.</summary>
    public void Remove(WatchedContact contact) => _wanted.Remove(contact);

    /// <summary>The server has ended the contact's part by itself: it need not be told.</summary>
    public void Forget(WatchedContact contact)
    {
        _wanted.Remove(contact);
        _asked.Remove(contact);
    }

    /// <summary>Asks for what is wanted and not asked for yet.</summary>
    public void Flush()
    {
        if (!_isBusy && !_stop.IsCancellationRequested)
        {
            _isBusy = true;
            context.Work.Start(SendAsync);
        }
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Ends the dialog; in order where the connection still works.</summary>
    public async Task CloseAsync(bool inOrder)
    {
        _stop.Cancel();
        var subscription = _subscription;
        _subscription = null;
        foreach (var contact in _asked.Concat(_wanted))
        {
            contact.Fire(ContactPresenceTrigger.Lose);
        }

        if (subscription is not null && inOrder)
        {
            await UnsubscribeAsync(subscription);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested && await SendOnceAsync() is { } pause)
            {
                if (pause > TimeSpan.Zero)
                {
                    await context.Loop.DelayAsync(pause, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed; who waits has been told.
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>Null when nothing is to be said; else how long to wait before looking again.</summary>
    private async Task<TimeSpan?> SendOnceAsync()
    {
        var needs = owner.Needs;
        var isMore = !_askedNeeds.Covers(needs);
        var added = _wanted.Where(contact => isMore || !_asked.Contains(contact)).ToArray();
        var removed = _asked.Except(_wanted).ToArray();
        if (added.Length == 0 && removed.Length == 0)
        {
            return null;
        }

        if (_wanted.Count == 0)
        {
            _asked.Clear();
            if (_subscription is { } last)
            {
                _subscription = null;
                await UnsubscribeAsync(last);
            }

            return TimeSpan.Zero;
        }

        foreach (var contact in added)
        {
            contact.Fire(contact.State == ContactPresenceState.Idle ? ContactPresenceTrigger.Subscribe : ContactPresenceTrigger.Retry);
        }

        try
        {
            SipException.ThrowIfRefused(await AskAsync(added, removed, needs), "SUBSCRIBE presence");
            _asked.ExceptWith(removed);
            _asked.UnionWith(added);
            _askedNeeds = needs;
            Array.ForEach(added, watched => watched.Contact.IsJustAdded = false);
            return TimeSpan.Zero;
        }
        catch (SipException failure)
        {
            return Explain(failure, added);
        }
    }

    private Task<SipResponse> AskAsync(WatchedContact[] added, WatchedContact[] removed, PresenceNeeds needs)
    {
        var (id, introduced) = (_action, added.Where(watched => watched.Contact.IsJustAdded).Select(watched => watched.Contact).ToHashSet());
        _action += 2;
        var all = PresenceRequests.Body(connection, id, Contacts(_wanted), [], needs);
        if (_subscription is { } standing)
        {
            var change = PresenceRequests.Body(connection, _action, Contacts(added), Contacts(removed), needs, introduced.Contains);
            _action += 2;
            return standing.UpdateAsync(Documents.ContentTypes.BatchSubscribe, change, all, CancellationToken.None).UntilAsync(_stop.Token);
        }

        var first = introduced.Count == 0 ? all : PresenceRequests.Body(connection, id, Contacts(_wanted), [], needs, introduced.Contains);
        var subscription = _subscription = connection.Endpoint.Subscribe(
            PresenceRequests.Batch(connection, target, first), new SubscriptionOptions { Flow = connection.Flow, RefreshBody = all });
        subscription.NotificationReceived += message => OnNotification(subscription, message);
        subscription.StateChanged += change => OnStateChanged(subscription, change);
        return subscription.Established.UntilAsync(_stop.Token);
    }

    private TimeSpan? Explain(SipException failure, WatchedContact[] added)
    {
        if (failure.Failure == SipFailure.Refused && PresenceRequests.IsNotUnderstood(failure.StatusCode) && _asked.Count == 0)
        {
            _wanted.ExceptWith(added);
            owner.OnNotUnderstood(added);
            return TimeSpan.Zero;
        }

        if (Refusal.IsPassing(failure) || failure.Failure != SipFailure.Refused)
        {
            Log.PresenceLost(context.Logger, failure);
            var pause = _losses.Next();
            Fire(added, ContactPresenceTrigger.Delay);
            return failure.RetryAfter is { } asked && asked > pause ? asked : pause;
        }

        // Who was named in it is refused; the others, and what was asked before, stand.
        Log.PresenceLost(context.Logger, failure);
        _wanted.ExceptWith(added);
        _asked.ExceptWith(added);
        Fire(added, ContactPresenceTrigger.Refuse);
        return TimeSpan.Zero;
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
        if (subscription != _subscription)
        {
            return;
        }

        if (change.Current == SubscriptionState.Waiting)
        {
            Fire(_asked, ContactPresenceTrigger.Lose);
        }
        else if (change is { Previous: SubscriptionState.Waiting, Current: SubscriptionState.Subscribing })
        {
            Fire(_asked, ContactPresenceTrigger.Retry);
        }
        else if (change.Current == SubscriptionState.Terminated)
        {
            _subscription = null;
            _askedNeeds = default;
            Ended(change.Reason);
        }
    }

    private void Ended(SubscriptionReason reason)
    {
        var asked = _asked.ToArray();
        _asked.Clear();
        if (reason == SubscriptionReason.TerminatedByNotifier)
        {
            // rejected, noresource: the notifier's word is final. What invites another subscription has been renewed below.
            _wanted.ExceptWith(asked);
            Fire(asked, ContactPresenceTrigger.Refuse);
            return;
        }

        Fire(asked, ContactPresenceTrigger.Lose);
        if (reason is not SubscriptionReason.FlowLost)
        {
            Flush();
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
            Log.UncleanEnd(context.Logger, failure);
        }
    }

    private static void Fire(IEnumerable<WatchedContact> contacts, ContactPresenceTrigger trigger)
    {
        foreach (var contact in contacts.ToArray())
        {
            contact.Fire(trigger);
        }
    }

    private static Contact[] Contacts(IEnumerable<WatchedContact> watched) =>
        [.. watched.Select(contact => contact.Contact).OrderBy(contact => contact.Uri, StringComparer.Ordinal)];
}
