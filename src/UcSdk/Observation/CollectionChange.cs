namespace UcSdk;

/// <summary>One change of an observable collection.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="Kind">What happened.</param>
/// <param name="Item">The item added or removed; null for a snapshot.</param>
/// <param name="Items">All items after the change.</param>
public sealed record CollectionChange<T>(CollectionChangeKind Kind, T? Item, IReadOnlyList<T> Items)
    where T : class;
