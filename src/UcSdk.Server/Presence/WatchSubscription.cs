using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// A subscription to the presence of others ([MS-PRES] §3.4, RFC 3856): whom it watches, and what its watcher has not been told yet. Additions accumulate as long as its
/// dialog lives. Sans-IO; <see cref="PresenceSubscriptions"/> holds and feeds it.
/// </summary>
/// <param name="party">Who watches.</param>
/// <param name="form">In what form it is told.</param>
/// <param name="subject">The address that was subscribed to: the watcher's own for a list.</param>
/// <param name="random">For the boundaries of lists.</param>
internal sealed class WatchSubscription(EndpointId party, WatchForm form, string subject, RandomSource random) : IPresenceSubscription
{
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Watch> _news = [];
    private readonly List<string> _strangers = [];
    private uint _version;

    public EndpointId Party => party;

    public Watcher Watcher { get; } = Watcher.OfEnterprise(party.User);

    public WatchForm Form => form;

    public string Subject => subject;

    public IReadOnlyCollection<Watch> Watches => _watches.Values;

    public bool TryGet(string uri, out Watch? watch) => _watches.TryGetValue(uri, out watch);

    /// <summary>Watches somebody, or wants something else of whom is watched already; all of it is news then.</summary>
    /// <returns>The watch, when it is a new one.</returns>
    public Watch? Add(Presentity presentity, string uri, CategorySet wanted)
    {
        var isNew = !_watches.TryGetValue(uri, out var watch);
        if (watch is null)
        {
            watch = new Watch(this, presentity, uri == presentity.Address ? presentity.Address : uri, wanted, presentity.ContainerOf(Watcher));
            _watches.Add(watch.Uri, watch);
        }

        watch.Wanted = wanted;
        Note(watch, wanted);
        return isNew ? watch : null;
    }

    /// <summary>Somebody of whom the server knows nothing; the watcher is told so, and that is all.</summary>
    public void AddStranger(string uri) => _strangers.Add(uri);

    public Watch? Remove(string uri)
    {
        if (!_watches.Remove(uri, out var watch))
        {
            return null;
        }

        _news.Remove(watch);
        return watch;
    }

    /// <summary>Takes note of what is to be told.</summary>
    public void Note(Watch watch, CategorySet categories)
    {
        if (watch.Pending is null)
        {
            _news.Add(watch);
        }

        watch.Pending = watch.Pending is null || watch.Pending == categories ? categories : watch.Pending.With(categories);
    }

    public PresenceNotification Full()
    {
        Settle();
        return Write(_watches.Values.Select(watch => (watch, watch.Wanted)), isFull: true) ?? PresenceNotification.Empty;
    }

    public PresenceNotification? News()
    {
        // What is one user's alone needs no list around it, and is the same document for all who are told the same.
        if (form == WatchForm.List && _news is [var only] && _strangers.Count == 0)
        {
            var document = only.Presentity.Views.Of(only.Container, only.Pending!, only.Uri);
            Settle();
            return new(ContentTypes.Categories, document);
        }

        var news = _news.Select(watch => (watch, watch.Pending!)).ToArray();
        Settle();
        return Write(news, isFull: false);
    }

    private void Settle()
    {
        _news.ForEach(watch => watch.Pending = null);
        _news.Clear();
    }

    private PresenceNotification? Write(IEnumerable<(Watch Watch, CategorySet Categories)> told, bool isFull)
    {
        switch (form)
        {
            case WatchForm.List:
                return WriteList([.. told], isFull);
            case WatchForm.Pidf:
                return told.Select(one => (PresenceNotification?)new PresenceNotification(ContentTypes.Pidf, one.Watch.Presentity.Views.PidfOf(one.Watch.Container, one.Watch.Uri)))
                    .FirstOrDefault();
            default:
                return told.Select(one => (PresenceNotification?)new PresenceNotification(
                    ContentTypes.Categories, one.Watch.Presentity.Views.Of(one.Watch.Container, one.Categories, one.Watch.Uri))).FirstOrDefault();
        }
    }

    private PresenceNotification? WriteList((Watch Watch, CategorySet Categories)[] told, bool isFull)
    {
        if (told.Length == 0 && _strangers.Count == 0)
        {
            return null;
        }

        var resources = told.Select(one => Listed(one.Watch.Uri, new ResourceInstance("0", ResourceInstanceStates.Active) { ContentId = IdOf(one.Watch) }))
            .Concat(_strangers.Select(uri => Listed(uri, new ResourceInstance("0", ResourceInstanceStates.Terminated) { Reason = "noresource" })));
        var list = new ResourceListNotification(new ResourceList(party.User, _version++, isFull) { Resources = ValueList.From(resources) })
        {
            Parts = ValueList.From(told.Select(one => new ResourceListPart(
                IdOf(one.Watch), ContentTypes.Categories, one.Watch.Presentity.Views.Of(one.Watch.Container, one.Categories, one.Watch.Uri)))),
        };
        _strangers.Clear();
        return ResourceListBodies.Write(list, random);
    }

    private static ListedResource Listed(string uri, ResourceInstance instance) => new(uri) { Instances = [instance] };

    private static string IdOf(Watch watch) => PresenceNames.WithoutScheme(watch.Presentity.Address);
}
