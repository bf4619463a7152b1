namespace PresenceWatcher.Reports;

/// <summary>Shows what happens. Called by one at a time.</summary>
internal interface IReport : IAsyncDisposable
{
    /// <summary>The connection: signed in, lost, back.</summary>
    void State(string text);

    /// <summary>Somebody is other than before; with everybody.</summary>
    void Changed(DateTimeOffset when, Person person, IReadOnlyList<Person> all);

    /// <summary>Somebody is in no list any more; with everybody who is left.</summary>
    void Gone(DateTimeOffset when, Person person, IReadOnlyList<Person> all);
}
