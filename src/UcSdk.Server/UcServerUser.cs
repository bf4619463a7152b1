using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>A user who may sign in to the server.</summary>
/// <param name="Name">The user part of the address, e.g. <c>alice</c> of <c>sip:alice@contoso.test</c>; compared without regard to case.</param>
public sealed record UcServerUser(string Name)
{
    /// <summary>The name for people, shown in rosters; by default <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = Name;

    /// <summary>
    /// The password, asked for as <see cref="ServerAuthenticationOptions"/> say; null, the default, for a user who is believed. As soon as one user has a password, unknown ones are
    /// challenged too. Whoever made it clears it: a user whose password is cleared cannot sign in any more.
    /// </summary>
    public SipPassword? Password { get; init; }

    /// <summary>Never the name, which is user data.</summary>
    public override string ToString() => "user";
}
