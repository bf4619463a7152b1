namespace UcSdk.Server;

/// <summary>
/// Who watches whom, and who has something to be told. Changes are collected until somebody asks for the news, so that a watcher of many users who change together hears of
/// them at once. Sans-IO.
/// </summary>
internal sealed class PresenceSubscriptions
{
    private readonly Dictionary<long, IPresenceSubscription> _all = [];
    private readonly Dictionary<IPresenceSubscription, long> _numbers = [];
    private readonly Dictionary<EndpointId, List<long>> _byParty = [];
    private readonly Dictionary<Presentity, List<Watch>> _watches = [];
    private readonly Dictionary<Presentity, List<OwnSubscription>> _owners = [];
    private readonly List<IPresenceSubscription> _news = [];
    private readonly HashSet<IPresenceSubscription> _hasNews = [];
    private readonly CategorySets _sets = new();
    private long _last;

    public int Count => _all.Count;

    public bool HasNews => _news.Count > 0;

    /// <summary>Those of an endpoint, over all its flows, the oldest first.</summary>
    public IReadOnlyList<long> Of(EndpointId party) => _byParty.GetValueOrDefault(Endpoint(party)) ?? [];

    public EndpointId PartyOf(long number) => _all[number].Party;

    /// <summary>Those of an endpoint that are about the same, the oldest first.</summary>
    public IReadOnlyList<long> Of(EndpointId party, string subject) => [.. Of(party).Where(number => _all[number].Subject == subject)];

    public CategorySet SetOf(IEnumerable<string> names) => _sets.Of(names);

    /// <summary>Begins to feed a subscription.</summary>
    /// <returns>Its number.</returns>
    public long Add(IPresenceSubscription subscription)
    {
        var number = ++_last;
        _all.Add(number, subscription);
        _numbers.Add(subscription, number);
        ListOf(_byParty, Endpoint(subscription.Party)).Add(number);
        if (subscription is OwnSubscription own)
        {
            ListOf(_owners, own.Presentity).Add(own);
        }
        else if (subscription is WatchSubscription watching)
        {
            foreach (var watch in watching.Watches)
            {
                ListOf(_watches, watch.Presentity).Add(watch);
            }
        }

        return number;
    }

    /// <summary>A subscription that is fed watches somebody more.</summary>
    public void Add(Watch watch) => ListOf(_watches, watch.Presentity).Add(watch);

    public void Remove(Watch watch) => Unlist(_watches, watch.Presentity, watch);

    public bool Remove(long number)
    {
        if (!_all.Remove(number, out var subscription))
        {
            return false;
        }

        _numbers.Remove(subscription);
        Unlist(_byParty, Endpoint(subscription.Party), number);
        if (_hasNews.Remove(subscription))
        {
            _news.Remove(subscription);
        }

        if (subscription is OwnSubscription own)
        {
            Unlist(_owners, own.Presentity, own);
        }
        else if (subscription is WatchSubscription watching)
        {
            foreach (var watch in watching.Watches)
            {
                Unlist(_watches, watch.Presentity, watch);
            }
        }

        return true;
    }

    /// <summary>Takes in what has changed.</summary>
    /// <param name="change">The change.</param>
    /// <param name="by">The endpoint that has made it and learns of it by the answer to its request; null for none.</param>
    public void Apply(PresenceChange change, EndpointId? by = null)
    {
        foreach (var own in _owners.GetValueOrDefault(change.Presentity) ?? [])
        {
            if (!(by is { } publisher && own.Party.IsSameEndpoint(publisher)) && own.Note(change))
            {
                Note(own);
            }
        }

        if (!_watches.TryGetValue(change.Presentity, out var watches))
        {
            return;
        }

        // Thousands of watchers want the same and are shown the same.
        CategorySet? lastWanted = null;
        CategorySet lastNews = null!;
        var lastContainer = 0u;
        foreach (var watch in watches)
        {
            if (change.Containers && change.Presentity.ContainerOf(watch.Subscription.Watcher) is var container && container != watch.Container)
            {
                watch.Container = container;
                Note(watch, watch.Wanted);
                continue;
            }

            if (watch.Wanted != lastWanted || watch.Container != lastContainer)
            {
                (lastWanted, lastContainer) = (watch.Wanted, watch.Container);
                lastNews = _sets.Of(watch.Wanted.Where(name => change.IsShown(name, watch.Container)));
            }

            if (!lastNews.IsEmpty)
            {
                Note(watch, lastNews);
            }
        }
    }

    /// <summary>What is to be told to whom, each once.</summary>
    public IReadOnlyList<(long Number, PresenceNotification Notification)> TakeNews()
    {
        var told = new List<(long Number, PresenceNotification Notification)>(_news.Count);
        foreach (var subscription in _news)
        {
            if (subscription.News() is { } notification)
            {
                told.Add((_numbers[subscription], notification));
            }
        }

        _news.Clear();
        _hasNews.Clear();
        return told;
    }

    public void Clear()
    {
        _all.Clear();
        _numbers.Clear();
        _byParty.Clear();
        _watches.Clear();
        _owners.Clear();
        _news.Clear();
        _hasNews.Clear();
    }

    private void Note(Watch watch, CategorySet news)
    {
        watch.Subscription.Note(watch, news);
        Note(watch.Subscription);
    }

    private void Note(IPresenceSubscription subscription)
    {
        if (_hasNews.Add(subscription))
        {
            _news.Add(subscription);
        }
    }

    // The flows of an endpoint are one to presence.
    private static EndpointId Endpoint(EndpointId party) => party with { FlowNumber = 0 };

    private static List<T> ListOf<TKey, T>(Dictionary<TKey, List<T>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        return list;
    }

    private static void Unlist<TKey, T>(Dictionary<TKey, List<T>> index, TKey key, T item)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var list) && list.Remove(item) && list.Count == 0)
        {
            index.Remove(key);
        }
    }
}
