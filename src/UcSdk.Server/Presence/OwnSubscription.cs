using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>A user's subscription to its own presence, <c>vnd-microsoft-roaming-self</c> ([MS-PRES] §3.2): the parts it asked for last, and no others.</summary>
internal sealed class OwnSubscription(EndpointId party, Presentity presentity, IEnumerable<string> parts, Func<Timestamp> now) : IPresenceSubscription
{
    private HashSet<string> _parts = new(parts, StringComparer.Ordinal);
    private readonly HashSet<string> _categories = new(StringComparer.Ordinal);
    private bool _containers;
    private bool _subscribers;

    public EndpointId Party => party;

    public string Subject => ServedEvents.RoamingSelf;

    public Presentity Presentity => presentity;

    /// <summary>Other parts from now on: those of the last request in the dialog hold ([MS-PRES] §3.3.5.1).</summary>
    public void Want(IEnumerable<string> other) => _parts = new(other, StringComparer.Ordinal);

    public PresenceNotification Full()
    {
        Forget();
        return Write(new RoamingSelf
        {
            Categories = Has(RoamingSelfParts.Categories) ? OwnCategories.All(presentity, now()) : null,
            Containers = Has(RoamingSelfParts.Containers) ? presentity.Memberships.All : null,
            Subscribers = Has(RoamingSelfParts.Subscribers) ? presentity.Subscribers : null,
            Delegates = Has(RoamingSelfParts.Delegates) ? new PresenceDelegates(1) : null,
        });
    }

    /// <summary>Takes note of a change.</summary>
    /// <returns>True when it is news.</returns>
    public bool Note(PresenceChange change)
    {
        if (Has(RoamingSelfParts.Categories))
        {
            _categories.UnionWith(change.Categories);
        }

        _containers |= change.Containers && Has(RoamingSelfParts.Containers);
        _subscribers |= change.Subscribers && Has(RoamingSelfParts.Subscribers);
        return HasNews;
    }

    public PresenceNotification? News()
    {
        if (!HasNews)
        {
            return null;
        }

        var news = new RoamingSelf
        {
            Categories = _categories.Count > 0 ? OwnCategories.Of(presentity, _categories, now()) : null,
            Containers = _containers ? presentity.Memberships.All : null,
            Subscribers = _subscribers ? presentity.Subscribers : null,
        };
        Forget();
        return Write(news);
    }

    private bool HasNews => _categories.Count > 0 || _containers || _subscribers;

    private static PresenceNotification Write(RoamingSelf self) => new(ContentTypes.RoamingSelf, self.ToBytes());

    private bool Has(string part) => _parts.Contains(part);

    private void Forget()
    {
        _categories.Clear();
        _containers = false;
        _subscribers = false;
    }
}
