namespace UcSdk.Server;

/// <summary>A user who may sign in to the server.</summary>
/// <param name="Name">The user part of the address, e.g. <c>alice</c> of <c>sip:alice@contoso.test</c>; compared without regard to case.</param>
public sealed record UcServerUser(string Name)
{
    /// <summary>The name for people, shown in rosters; by default <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = Name;

    /// <summary>Never the name, which is user data.</summary>
    public override string ToString() => "user";
}
