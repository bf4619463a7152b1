using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Watches the presence of everybody whom somebody in the application wants to know of. All wishes are merged: each contact is asked for once, those of one moment in one
/// request, in one dialog for each pool. Wishes outlive connections, what was told does not. On the loop only.
/// </summary>
internal sealed class PresenceWatch : ISignedInService, IPresenceOwner, IDisposable
{
    // UCMA tries again within ten seconds.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);
    private readonly ModelContext _context;
    private readonly PresenceTranslation _translation = new();
    private readonly HashSet<PresenceWish> _wishes = [];
    private readonly Dictionary<string, WatchedContact> _watched = [];
    private readonly Dictionary<string, List<PresenceBatch>> _batches = [];
    private readonly Dictionary<WatchedContact, PresenceSingle> _singles = [];
    private readonly LoopTimer _poll;
    private ServerConnection? _connection;
    private PresenceFetch? _fetch;
    private bool _isPlain;
    private bool _isFlushPosted;

    public PresenceWatch(ModelContext context)
    {
        _context = context;
        _poll = new(context.Loop, Poll);
    }

    public string Name => "presence";

    /// <summary>Whose contacts are watched; set once.</summary>
    public ContactManager Manager { get; set; } = null!;

    public PresenceNeeds Needs => _wishes.Where(wish => wish.Rate == ContactSubscriptionRefreshRate.High).Aggregate(default(PresenceNeeds), (all, wish) => all.Union(wish.Needs));

    private IEnumerable<PresenceBatch> Batches => _batches.Values.SelectMany(batches => batches);

    public Task StartAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _isPlain = !connection.Supports("msrtc-event-categories");
        _fetch = new(_context, connection, _isPlain, OnFetched);
        foreach (var (uri, watched) in _watched.ToArray())
        {
            var contact = watched;
            if (watched.State == ContactPresenceState.Terminated)
            {
                contact = _watched[uri] = watched.Contact.Watched = new(watched.Contact) { Wishes = watched.Wishes };
            }

            (contact.Pool, contact.IsSingle) = (null, _isPlain);
            Begin(contact);
        }

        Poll();
        return Task.CompletedTask;
    }

    public async Task StopAsync(ConnectionLoss? loss)
    {
        _connection = null;
        _fetch?.Dispose();
        _fetch = null;
        _poll.SetDeadline(null);
        var inOrder = loss is null;
        var ends = Batches.Select(batch => batch.CloseAsync(inOrder)).Concat(_singles.Values.Select(single => single.CloseAsync(inOrder))).ToArray();
        _batches.Clear();
        _singles.Clear();
        Manager.ForgetPresence();
        await Task.WhenAll(ends);
    }

    public void Dispose()
    {
        _poll.Dispose();
        _fetch?.Dispose();
    }

    /// <summary>Wants these contacts in the place of those that the wish named before.</summary>
    public void Wish(PresenceWish wish, IReadOnlySet<Contact> contacts, ContactSubscriptionRefreshRate rate, PresenceNeeds needs)
    {
        if (rate == ContactSubscriptionRefreshRate.None)
        {
            FetchQuietly(contacts);
            (contacts, rate) = (new HashSet<Contact>(), ContactSubscriptionRefreshRate.Low);
        }

        var before = (wish.Contacts, wish.Rate);
        (wish.Contacts, wish.Rate, wish.Needs) = (contacts, rate, contacts.Count == 0 ? default : needs);
        _ = contacts.Count == 0 ? _wishes.Remove(wish) : _wishes.Add(wish);
        foreach (var contact in before.Contacts)
        {
            Count(contact, before.Rate, -1);
        }

        foreach (var contact in contacts)
        {
            Count(contact, rate, 1);
        }

        // In the order of their addresses, so that the same wishes make the same requests.
        foreach (var contact in before.Contacts.Union(contacts).OrderBy(contact => contact.Uri, StringComparer.Ordinal))
        {
            Reconcile(contact.Watched!);
        }

        Flush();
    }

    /// <summary>Asks once.</summary>
    public Task FetchAsync(Contact contact) => _fetch is { } fetch ? fetch.FetchAsync([contact]) : throw new NotSignedInException(Manager.ClientState, nameof(Contact.QueryAsync));

    public void OnNotification(SipMessage message)
    {
        foreach (var report in PresenceReader.Read(message, _context.Logger))
        {
            if (_watched.TryGetValue(report.Uri, out var watched) && watched.Wishes.Persistent > 0)
            {
                Take(watched, report);
            }
        }
    }

    public void OnNotUnderstood(IReadOnlyList<WatchedContact> contacts)
    {
        // The whole server, not only these: it said nothing of batches after all.
        _isPlain = true;
        _fetch?.Dispose();
        _fetch = _connection is { } connection ? new(_context, connection, _isPlain, OnFetched) : null;
        foreach (var contact in contacts)
        {
            contact.Fire(ContactPresenceTrigger.Delay);
            _singles.Remove(contact);
            (contact.Pool, contact.IsSingle) = (null, true);
            Begin(contact);
        }
    }

    private static void Count(Contact contact, ContactSubscriptionRefreshRate rate, int by)
    {
        var watched = contact.Watched ??= new(contact);
        var (persistent, polled) = watched.Wishes;
        watched.Wishes = rate == ContactSubscriptionRefreshRate.High ? (persistent + by, polled) : (persistent, polled + by);
    }

    // Makes the watching what the wishes want by now.
    private void Reconcile(WatchedContact watched)
    {
        var isPolled = watched.Wishes is { Persistent: 0, Polled: > 0 };
        if (watched.Wishes == (0, 0) || (watched.State is not (ContactPresenceState.Idle or ContactPresenceState.Terminated) && isPolled != (watched.State == ContactPresenceState.Polling)))
        {
            End(watched);
            if (watched.Wishes == (0, 0))
            {
                return;
            }

            watched = watched.Contact.Watched = new(watched.Contact) { Wishes = watched.Wishes };
        }

        _watched[watched.Uri] = watched;
        if (watched.State == ContactPresenceState.Idle && !isPolled)
        {
            watched.IsSingle = _isPlain;
            Begin(watched);
        }
        else if (watched.State == ContactPresenceState.Idle)
        {
            watched.Fire(ContactPresenceTrigger.Poll);
            FetchQuietly([watched.Contact]);
            _poll.SetDeadline(_connection is null ? null : _context.Loop.Now + _context.Options.PresencePollInterval);
        }
    }

    private void End(WatchedContact watched)
    {
        _watched.Remove(watched.Uri);
        watched.Contact.Watched = null;
        foreach (var batch in Batches)
        {
            batch.Remove(watched);
        }

        if (_singles.Remove(watched, out var single))
        {
            _context.Work.Start(() => single.CloseAsync(inOrder: true));
        }

        watched.Fire(ContactPresenceTrigger.Unwant);
        Manager.OnUnwatched(watched.Contact);
    }

    private void Begin(WatchedContact watched)
    {
        if (_connection is not { } connection || watched.Wishes.Persistent == 0)
        {
            return;
        }

        if (watched.IsSingle)
        {
            if (!_singles.ContainsKey(watched))
            {
                var single = _singles[watched] = new(_context, connection, watched, _isPlain, this);
                single.Start();
            }

            return;
        }

        BatchFor(connection, watched).Add(watched);
        Flush();
    }

    // One dialog for each pool, and another where it names as many as it may.
    private PresenceBatch BatchFor(ServerConnection connection, WatchedContact watched)
    {
        var key = watched.Pool ?? "";
        if (!_batches.TryGetValue(key, out var batches))
        {
            _batches.Add(key, batches = []);
        }

        if (batches.Find(batch => batch.Has(watched)) is { } there)
        {
            return there;
        }

        if (batches.Find(batch => batch.Count < _context.Options.MaxPresenceBatch) is { } open)
        {
            return open;
        }

        var target = SipUri.TryParse(watched.Pool, out var uri) ? uri : connection.User;
        batches.Add(new(_context, connection, target, this));
        return batches[^1];
    }

    // Once for all that the loop has queued now: a thousand wishes are one request.
    private void Flush()
    {
        if (_isFlushPosted)
        {
            return;
        }

        _isFlushPosted = true;
        _context.Loop.Post(() =>
        {
            _isFlushPosted = false;
            foreach (var batch in Batches)
            {
                batch.Flush();
            }
        });
    }

    private void Take(WatchedContact watched, PresenceReport report)
    {
        switch (report.Kind)
        {
            case PresenceReportKind.State:
                watched.Fire(ContactPresenceTrigger.Tell);
                Apply(watched.Contact, report);
                break;
            case PresenceReportKind.Refused:
                Leave(watched);
                watched.Fire(ContactPresenceTrigger.Refuse);
                break;
            case PresenceReportKind.Lost:
                Leave(watched);
                watched.Fire(ContactPresenceTrigger.Delay);
                _context.Work.Start(() => BeginLaterAsync(watched));
                break;
            case PresenceReportKind.Elsewhere:
                Leave(watched);
                watched.Fire(ContactPresenceTrigger.Delay);
                watched.Pool = PoolOf(report.Pool);
                watched.IsSingle = watched.Pool is null;
                Begin(watched);
                break;
            default:
                break;
        }
    }

    // [MS-PRES] §3.4.5.1.3: a SIP URI, or the bare name of the pool.
    private static string? PoolOf(string? pool) =>
        string.IsNullOrWhiteSpace(pool) ? null : pool.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? pool : "sip:" + pool;

    private async Task BeginLaterAsync(WatchedContact watched)
    {
        var connection = _connection;
        await _context.Loop.DelayAsync(RetryInterval, CancellationToken.None);
        if (connection is not null && connection == _connection && watched.State == ContactPresenceState.WaitingForRetry)
        {
            Begin(watched);
        }
    }

    private void Leave(WatchedContact watched)
    {
        foreach (var batch in Batches)
        {
            batch.Forget(watched);
        }
    }

    private void Apply(Contact contact, PresenceReport report) => contact.Update(_translation.Apply(contact.Information, report, _context.WallClock));

    private void OnFetched(PresenceReport report)
    {
        if (report.Kind == PresenceReportKind.State)
        {
            Apply(Manager.Find(report.Uri), report);
        }
    }

    private void Poll()
    {
        Contact[] polled = [.. _watched.Values.Where(watched => watched.State == ContactPresenceState.Polling).Select(watched => watched.Contact)];
        if (polled.Length > 0 && _connection is not null)
        {
            FetchQuietly(polled);
            _poll.SetDeadline(_context.Loop.Now + _context.Options.PresencePollInterval);
        }
    }

    private void FetchQuietly(IReadOnlyCollection<Contact> contacts)
    {
        if (_fetch is { } fetch && contacts.Count > 0)
        {
            _context.Work.Start(async () =>
            {
                try
                {
                    await fetch.FetchAsync(contacts);
                }
                catch (Exception failure) when (failure is SipException or TimeoutException)
                {
                    Log.PresenceLost(_context.Logger, failure);
                }
                catch (OperationCanceledException)
                {
                    // The connection ended.
                }
            });
        }
    }
}
