namespace PresenceWatcher;

/// <summary>Everybody who is shown, and what of them is news. May be used from any thread.</summary>
internal sealed class People
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Person> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes how somebody is now; tells when that is news, with everybody.</summary>
    public void Show(Person person, Action<Person, IReadOnlyList<Person>> tell)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(person.Uri, out var before) && before == person)
            {
                return;
            }

            _known[person.Uri] = person;
            tell(person, All());
        }
    }

    /// <summary>Forgets who is in no list any more.</summary>
    public void Keep(IReadOnlySet<string> uris, Action<Person, IReadOnlyList<Person>> gone)
    {
        lock (_gate)
        {
            foreach (var person in _known.Values.Where(person => !uris.Contains(person.Uri)).ToList())
            {
                _known.Remove(person.Uri);
                gone(person, All());
            }
        }
    }

    private List<Person> All() => [.. _known.Values.OrderBy(person => person.Groups, StringComparer.CurrentCulture).ThenBy(person => person.Name, StringComparer.CurrentCulture)];
}
