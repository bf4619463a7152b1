using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>Somebody who looks at the presence of users.</summary>
/// <param name="Address">The address without scheme, e.g. <c>bob@contoso.test</c>.</param>
/// <param name="Kind">Where it comes from: <c>sameEnterprise</c>, <c>federated</c> or <c>publicCloud</c> of <see cref="ContainerMemberTypes"/>.</param>
internal readonly record struct Watcher(string Address, string Kind)
{
    /// <summary>The match of a member that names the watcher itself.</summary>
    public const int ByAddress = 4;

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>A user of the server's own domain.</summary>
    /// <param name="addressOfRecord">With scheme.</param>
    public static Watcher OfEnterprise(string addressOfRecord) => new(PresenceNames.WithoutScheme(addressOfRecord), ContainerMemberTypes.SameEnterprise);

    /// <summary>How particularly a member of a container means the watcher: 4 by address to 1 as one of all; 0 when it does not.</summary>
    public int MatchOf(ContainerMember member) => member.Type switch
    {
        ContainerMemberTypes.User => Is(member.Value, Address) ? ByAddress : 0,
        ContainerMemberTypes.Domain => Is(member.Value, Domain) ? 3 : 0,
        ContainerMemberTypes.Everyone => 1,
        _ => member.Type == Kind ? 2 : 0,
    };

    /// <summary>Never who, which is user data.</summary>
    public override string ToString() => $"watcher ({Kind})";

    private static bool Is(string? value, string own) =>
        value is not null && PresenceNames.WithoutScheme(value).Equals(own, StringComparison.OrdinalIgnoreCase);
}
