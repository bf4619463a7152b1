using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>Who watches the roster of one conference, and what each has been told (RFC 4575 §5.1: versions count for each by itself).</summary>
/// <param name="focus">The URI of the focus.</param>
/// <param name="snapshot">The conference as it is now.</param>
internal sealed class RosterSubscriptions(string focus, Func<ConferenceInfo> snapshot)
{
    private readonly Dictionary<long, (EndpointId Party, ConferenceNotifications Notifications)> _subscriptions = [];

    public int Count => _subscriptions.Count;

    public int CountOf(EndpointId party) => _subscriptions.Values.Count(subscription => subscription.Party == party);

    /// <summary>Begins a subscription; the result is its first notification.</summary>
    public ConferenceInfo Add(long subscription, EndpointId party)
    {
        _subscriptions.Add(subscription, (party, new ConferenceNotifications()));
        return Refresh(subscription);
    }

    /// <summary>The whole roster for a subscription, as every SUBSCRIBE must be answered (RFC 6665 §4.2.1.2).</summary>
    public ConferenceInfo Refresh(long subscription) => _subscriptions[subscription].Notifications.Full(snapshot());

    /// <summary>The subscription has ended, whoever ended it.</summary>
    public void Remove(long subscription) => _subscriptions.Remove(subscription);

    /// <summary>Ends the subscriptions of an endpoint.</summary>
    public void End(EndpointId party, List<FocusEffect> effects)
    {
        foreach (var (number, _) in _subscriptions.Where(pair => pair.Value.Party == party).ToArray())
        {
            _subscriptions.Remove(number);
            effects.Add(new FocusEffect.EndSubscription(number, null));
        }
    }

    /// <summary>Ends all of them, because the conference is no more.</summary>
    public void EndAll(List<FocusEffect> effects)
    {
        foreach (var (number, subscription) in _subscriptions)
        {
            effects.Add(new FocusEffect.EndSubscription(number, subscription.Notifications.Ended(focus)));
        }

        _subscriptions.Clear();
    }

    /// <summary>Tells everybody what is new to them.</summary>
    public void Publish(List<FocusEffect> effects)
    {
        if (_subscriptions.Count == 0)
        {
            return;
        }

        var now = snapshot();
        foreach (var (number, subscription) in _subscriptions)
        {
            if (subscription.Notifications.Next(now) is { } document)
            {
                effects.Add(new FocusEffect.Notify(number, document));
            }
        }
    }
}
