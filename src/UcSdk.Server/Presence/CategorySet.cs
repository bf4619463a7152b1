namespace UcSdk.Server;

/// <summary>The categories that a watcher wants: sorted, each once. Those of equal text are the same to the views, and kept once by <see cref="CategorySets"/>.</summary>
internal sealed class CategorySet
{
    public CategorySet(IEnumerable<string> names)
    {
        Names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Text = string.Join(' ', Names);
    }

    public IReadOnlyList<string> Names { get; }

    public string Text { get; }

    public bool IsEmpty => Names.Count == 0;

    public CategorySet Where(Func<string, bool> matches) => new(Names.Where(matches));

    public CategorySet With(CategorySet other) => new(Names.Concat(other.Names));
}
