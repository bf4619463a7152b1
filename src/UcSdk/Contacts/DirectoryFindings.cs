using UcSdk.Documents;

namespace UcSdk;

/// <summary>Who and what a search of the directory has found.</summary>
/// <param name="People">People with a SIP address, each once.</param>
/// <param name="Groups">Distribution groups, by e-mail address and name, each once.</param>
/// <param name="IsMore">Whether there are more.</param>
internal sealed record DirectoryFindings(IReadOnlyList<DirectorySearchEntry> People, IReadOnlyList<(string Email, string Name)> Groups, bool IsMore)
{
    public static DirectoryFindings Of(DirectorySearchResult answer) => new(answer.Entries, [], answer.MoreAvailable);

    /// <summary>How many there are; never who.</summary>
    public override string ToString() => $"{People.Count} people and {Groups.Count} groups";
}
