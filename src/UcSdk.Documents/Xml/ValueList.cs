namespace UcSdk.Documents;

/// <summary>Makes <see cref="ValueList{T}"/>s; what collection expressions call.</summary>
public static class ValueList
{
    /// <summary>A list of the given items, copied.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());

    /// <summary>A list of the given items, copied.</summary>
    public static ValueList<T> From<T>(IEnumerable<T> items) => Create<T>([.. items]);
}
