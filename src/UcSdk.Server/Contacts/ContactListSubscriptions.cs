using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Which endpoints watch the contact list of their user. Used on the loop.</summary>
/// <param name="lists">The lists.</param>
internal sealed class ContactListSubscriptions(ContactLists lists)
{
    private readonly Dictionary<string, List<(EndpointId Endpoint, NotifierSubscription Subscription)>> _subscriptions = [];

    public int Count => _subscriptions.Values.Sum(list => list.Count);

    /// <summary>Ends the oldest of an endpoint until one more is allowed: a client that has come back without a farewell has forgotten them.</summary>
    public void MakeRoom(EndpointId endpoint, int most)
    {
        var own = Of(endpoint.User).Where(entry => entry.Endpoint.IsSameEndpoint(endpoint)).ToArray();
        foreach (var (_, subscription) in own.Take(own.Length - most + 1))
        {
            End(endpoint.User, subscription);
        }
    }

    /// <summary>An endpoint is found elsewhere from now on: what it subscribed to by the connection that it had goes with that one.</summary>
    public void Follow(Binding binding)
    {
        foreach (var (_, subscription) in Of(binding.Id.User).Where(entry => entry.Endpoint == binding.Id && entry.Subscription.Flow.IsLeftBehindBy(binding.Flow)).ToArray())
        {
            End(binding.Id.User, subscription);
        }
    }

    /// <summary>Takes a subscription that is about to be accepted.</summary>
    public void Add(EndpointId endpoint, NotifierSubscription subscription)
    {
        if (!_subscriptions.TryGetValue(endpoint.User, out var entries))
        {
            _subscriptions.Add(endpoint.User, entries = []);
        }

        entries.Add((endpoint, subscription));
        // RFC 6665 §4.2.1.3: a refresh is owed the state, and this package's is the whole list.
        subscription.Refreshed += () => Notify(subscription, lists.Get(endpoint.User));
        subscription.StateChanged += change =>
        {
            if (change.Current == NotifierState.Terminated)
            {
                Remove(endpoint.User, subscription);
            }
        };
    }

    /// <summary>Tells all endpoints of a user what has changed, the one included that changed it.</summary>
    public void Publish(string user, ContactDelta delta)
    {
        foreach (var (_, subscription) in Of(user).ToArray())
        {
            Notify(subscription, delta);
        }
    }

    /// <summary>An endpoint has refreshed its registration: what was to last as long does (com.microsoft.autoextend).</summary>
    public void Extend(EndpointId endpoint, TimeSpan life)
    {
        foreach (var (_, subscription) in Of(endpoint.User).Where(entry => entry.Endpoint.IsSameEndpoint(endpoint)).ToArray())
        {
            if (subscription.State == NotifierState.Active && AutoExtend.IsAskedFor(subscription.Request))
            {
                subscription.Extend(life);
            }
        }
    }

    /// <summary>Ends the subscriptions of an endpoint that is not registered any more.</summary>
    public void End(EndpointId endpoint)
    {
        foreach (var (_, subscription) in Of(endpoint.User).Where(entry => entry.Endpoint.IsSameEndpoint(endpoint)).ToArray())
        {
            End(endpoint.User, subscription);
        }
    }

    private void End(string user, NotifierSubscription subscription)
    {
        Remove(user, subscription);
        if (subscription.State == NotifierState.Active)
        {
            subscription.Terminate("noresource");
        }
    }

    private static void Notify(NotifierSubscription subscription, ContactListNotification notification)
    {
        if (subscription.State == NotifierState.Active)
        {
            subscription.Notify(ContentTypes.ContactList, notification.ToBytes());
        }
    }

    private List<(EndpointId Endpoint, NotifierSubscription Subscription)> Of(string user) => _subscriptions.GetValueOrDefault(user) ?? [];

    private void Remove(string user, NotifierSubscription subscription)
    {
        if (_subscriptions.TryGetValue(user, out var entries) && entries.RemoveAll(entry => entry.Subscription == subscription) > 0 && entries.Count == 0)
        {
            _subscriptions.Remove(user);
        }
    }
}
