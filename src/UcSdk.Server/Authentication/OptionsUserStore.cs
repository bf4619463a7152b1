using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The users of the options with their passwords. With Digest and NTLM they call themselves by their name or their address, with NTLM also by the name in the domain
/// (<c>CONTOSO\alice</c>, <c>contoso.test\alice</c>); with Kerberos they are the principals of the realm.
/// </summary>
internal sealed class OptionsUserStore(UserDirectory directory, ServerAuthenticationOptions options) : IUserStore
{
    private readonly string _netBiosDomain = options.NetBiosDomain ?? directory.Domain.Split('.')[0];
    private readonly string _realm = options.KerberosRealm ?? directory.Domain;

    public UserSecret? FindSecret(string name) => directory.TryFindName(name, out var user) && user.Password is { } password ? new UserSecret { Password = password } : null;

    public string? FindName(UserLogin login)
    {
        var isHere = login.Scheme switch
        {
            AuthenticationScheme.Kerberos => IsSame(login.Domain, _realm),
            AuthenticationScheme.Ntlm => login.Domain.Length == 0 || IsSame(login.Domain, _netBiosDomain) || IsSame(login.Domain, directory.Domain),
            _ => true,
        };
        return isHere && directory.TryFindName(login.Name, out var user) ? user.Name : null;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
