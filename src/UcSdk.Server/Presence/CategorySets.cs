namespace UcSdk.Server;

/// <summary>Keeps one of all equal sets: thousands of watchers want the same few categories.</summary>
internal sealed class CategorySets
{
    private readonly Dictionary<string, CategorySet> _sets = new(StringComparer.Ordinal);

    /// <summary>The sets that are not needed any more are forgotten in passing, when there are many.</summary>
    private const int Kept = 256;

    public CategorySet Of(IEnumerable<string> names) => Of(new CategorySet(names));

    public CategorySet Of(CategorySet set)
    {
        if (_sets.TryGetValue(set.Text, out var known))
        {
            return known;
        }

        if (_sets.Count >= Kept)
        {
            _sets.Clear();
        }

        _sets.Add(set.Text, set);
        return set;
    }
}
