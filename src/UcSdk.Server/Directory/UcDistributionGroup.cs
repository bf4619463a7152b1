namespace UcSdk.Server;

/// <summary>A distribution group of the directory: a list of people that its administrators keep, not the user whose contact list names it.</summary>
/// <param name="Email">Its e-mail address, by which it is found and expanded; compared without regard to case.</param>
public sealed record UcDistributionGroup(string Email)
{
    /// <summary>The name for people; by default <see cref="Email"/>.</summary>
    public string DisplayName { get; init; } = Email;

    /// <summary>Its members: names of users, addresses of anybody, or e-mail addresses of other groups; default none.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>What it is for, in words; default nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who manages it: the name of a user, or anybody's address; null, the default, for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>Never the address or the name.</summary>
    public override string ToString() => $"distribution group of {Members.Count}";
}
