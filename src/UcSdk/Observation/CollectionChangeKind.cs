namespace UcSdk;

/// <summary>What happened to an observable collection.</summary>
public enum CollectionChangeKind
{
    /// <summary>Nothing yet: this is how it stood when the observer came. Always the first thing an observer gets.</summary>
    Snapshot,

    /// <summary>An item was added.</summary>
    Added,

    /// <summary>An item was removed.</summary>
    Removed,
}
