namespace UcSdk;

/// <summary>Who may see what has changed, here or at another endpoint of the user.</summary>
/// <param name="Added">Entries that came, or have another level than before.</param>
/// <param name="Removed">Entries that went, or as they were before.</param>
/// <param name="Entries">All entries now.</param>
public sealed record AccessEntriesChange(IReadOnlyList<AccessEntry> Added, IReadOnlyList<AccessEntry> Removed, IReadOnlyList<AccessEntry> Entries)
{
    /// <summary>How many came and went; never who.</summary>
    public override string ToString() => $"{Added.Count} added, {Removed.Count} removed";
}
