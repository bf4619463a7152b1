namespace UcSdk.Server;

/// <summary>One user who is watched by one subscription. There are many of these: what they name they share.</summary>
internal sealed class Watch(WatchSubscription subscription, Presentity presentity, string uri, CategorySet wanted, uint container)
{
    public WatchSubscription Subscription => subscription;

    public Presentity Presentity => presentity;

    /// <summary>The user, as the watcher calls it.</summary>
    public string Uri => uri;

    public CategorySet Wanted { get; set; } = wanted;

    /// <summary>Where the watcher falls.</summary>
    public uint Container { get; set; } = container;

    /// <summary>The categories of which the watcher has not been told yet; null for none.</summary>
    public CategorySet? Pending { get; set; }
}
