using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What the server tells clients in-band when they sign in ([MS-SIPREGE] §2.2.2), beside what it knows itself.</summary>
public sealed record ProvisioningOptions
{
    /// <summary>
    /// Addresses and media settings that every client gets; default none. The focus factory and the encryption of media are the server's own, and so is the location profile
    /// unless it is said here.
    /// </summary>
    public ServerConfiguration ServerConfiguration { get; init; } = new();

    /// <summary>Further groups that every client gets when it asks for them, e.g. <c>new UcPolicy { … }.ToGroup()</c>; default none. One that nobody has set is answered empty.</summary>
    public IReadOnlyList<ProvisioningGroup> Groups { get; init; } = [];

    /// <summary>
    /// Asked on the server's loop for the groups of one user, named by the address, e.g. <c>sip:alice@contoso.test</c>; a group of that name in <see cref="Groups"/> then does
    /// not count. Default null: all users get the same.
    /// </summary>
    public Func<string, IReadOnlyList<ProvisioningGroup>>? GroupsOf { get; init; }

    /// <summary>
    /// The dial plans ([MS-SIPRE] §2.2.8), which clients fetch by SERVICE; the first is that of users whose userSetting group names no other. Default none.
    /// </summary>
    public IReadOnlyList<LocationProfile> LocationProfiles { get; init; } = [];

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(ServerConfiguration);
        ArgumentNullException.ThrowIfNull(Groups);
        ArgumentNullException.ThrowIfNull(LocationProfiles);
        if (Groups.Any(group => group.Name.Equals(ProvisioningGroupNames.ServerConfiguration, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException("The group ServerConfiguration has its own option.", nameof(Groups));
        }

        RequireDistinct(Groups.Select(group => group.Name), nameof(Groups));
        RequireDistinct(LocationProfiles.Select(profile => profile.Name), nameof(LocationProfiles));
    }

    private static void RequireDistinct(IEnumerable<string> names, string option)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } twice)
        {
            throw new ArgumentException($"'{twice}' is there twice.", option);
        }
    }
}
