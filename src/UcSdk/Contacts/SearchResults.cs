namespace UcSdk;

/// <summary>What a search has found.</summary>
/// <param name="Contacts">The people, those of the user's list first, each once.</param>
/// <param name="Groups">The groups of the user's list.</param>
/// <param name="IsMoreAvailable">Whether there are more than were wanted.</param>
public sealed record SearchResults(IReadOnlyList<Contact> Contacts, IReadOnlyList<Group> Groups, bool IsMoreAvailable)
{
    /// <summary>People and groups: <see cref="Contact"/> or <see cref="Group"/>.</summary>
    public IReadOnlyList<object> AllResults => [.. Contacts, .. Groups];

    /// <summary>How many were found; never who.</summary>
    public override string ToString() => $"{Contacts.Count} contacts, {Groups.Count} groups{(IsMoreAvailable ? " and more" : "")}";
}
