using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Proves users to services of the server that do not speak SIP, by NTLM on a connection ([MS-NLMP] §3.2.5.1): the same users, the same limits on guessing, and the same rule who
/// must prove anything.
/// </summary>
internal sealed class ConnectionLogins(
    UserDirectory directory,
    ServerAuthenticationOptions options,
    IUserStore users,
    UserLogins logins,
    GuessingGuard guard,
    string serverName,
    RandomSource random,
    Func<DateTimeOffset> clock)
{
    private readonly NtlmServerNames _names = ServerSchemes.NamesOf(options, serverName);

    /// <summary>Whether passwords can be proven this way.</summary>
    public bool IsOffered => options.Schemes.Contains(SipAuthenticationScheme.Ntlm);

    /// <summary>Whether somebody must prove to be the user; null stands for one who does not exist.</summary>
    public bool Demands(UcServerUser? user) =>
        options.Required || ((options.Users is not null || directory.HasPasswords) && (user is null || users.FindSecret(user.Name) is not null));

    /// <summary>A handshake; whoever begins it disposes it.</summary>
    public ISecurityContext Begin() => new NtlmServerContext(_names, logins, random, clock, policy: NtlmPolicy.Connection);

    /// <summary>Counts what a handshake came to; false when too many have failed for that name or from that host, and nothing counts as right.</summary>
    public bool Admits(string login, string host, bool isRight) => guard.Admits(ServerSchemes.Ntlm, login, host, isRight);

    /// <summary>The user whose account that is; null when nobody has it.</summary>
    public UcServerUser? OwnerOf(string login)
    {
        var name = NtlmName.Split(login);
        return users.FindName(new(SipAuthenticationScheme.Ntlm, name.User, name.Domain)) is { } known && directory.TryFindName(known, out var user) ? user : null;
    }
}
