using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>A user who may sign in to the server.</summary>
/// <param name="Name">The user part of the address, e.g. <c>alice</c> of <c>sip:alice@contoso.test</c>; compared without regard to case.</param>
public sealed partial record UcServerUser(string Name)
{
    /// <summary>The name for people, shown in rosters; by default <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = Name;

    /// <summary>
    /// The password, asked for as <see cref="ServerAuthenticationOptions"/> say; null, the default, for a user who is believed. As soon as one user has a password, unknown ones are
    /// challenged too. Whoever made it clears it: a user whose password is cleared cannot sign in any more.
    /// </summary>
    public SipPassword? Password { get; init; }

    /// <summary>False for a user who may not sign in: REGISTER gets 404, as for one who does not exist. Default true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>
    /// The server at which the user is at home when it is not this one: REGISTER gets 301 with its address ([MS-SIPREGE]: home server), after the user has proven
    /// who they are. Null, the default, for <see cref="UcServerOptions.HomeServer"/>.
    /// </summary>
    public SipTransportAddress? HomeServer { get; init; }

    /// <summary>
    /// The server that stands in for <see cref="HomeServer"/>: whoever is sent home learns both, told apart by their q. Null, the default, for
    /// <see cref="UcServerOptions.BackupServer"/>.
    /// </summary>
    public SipTransportAddress? BackupServer { get; init; }

    /// <summary>True when the user is at home there for a time only: 302 in the place of 301. Default false.</summary>
    public bool IsHomeTemporary { get; init; }

    /// <summary>Never the name, which is user data.</summary>
    public override string ToString() => "user";
}
