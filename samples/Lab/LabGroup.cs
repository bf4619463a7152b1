using UcSdk.Server;

namespace Lab;

/// <summary>A distribution group, as <c>NAME=MEMBER,MEMBER</c>; its address is the name in the domain.</summary>
internal sealed record LabGroup(string Name, IReadOnlyList<string> Members)
{
    public static LabGroup? Parse(string text) => text.Split('=', 2) is [{ Length: > 0 } name, var members] && !name.Contains('@', StringComparison.Ordinal)
        ? new(name, members.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        : null;

    public UcDistributionGroup ToGroup(string domain, IReadOnlyList<LabGroup> all) => new($"{Name}@{domain}")
    {
        DisplayName = Name,
        // The name of another group means the group.
        Members = [.. Members.Select(member => all.Any(group => group.Name.Equals(member, StringComparison.OrdinalIgnoreCase)) ? $"{member}@{domain}" : member)],
    };
}
