using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The users of the options with their passwords. With Digest and NTLM they call themselves by their name or their address, with NTLM also by the name in the domain
/// (<c>CONTOSO\alice</c>, <c>contoso.test\alice</c>); with Kerberos they are the principals of the realm.
/// </summary>
internal sealed class OptionsUserStore(UserDirectory directory, ServerAuthenticationOptions options) : IUserStore
{
    private readonly string _realm = options.KerberosRealm ?? directory.Domain;
    private readonly string _netBiosDomain = options.NetBiosDomain ?? directory.Domain.Split('.')[0];

    public UserSecret? FindSecret(string name) => directory.TryFindName(name, out var user) && user.Password is { } password ? new UserSecret { Password = password } : null;

    public string? FindName(UserLogin login)
    {
        var isHere = login.Scheme switch
        {
            SipAuthenticationScheme.Ntlm => login.Domain.Length == 0 || IsSame(login.Domain, _netBiosDomain) || IsSame(login.Domain, directory.Domain),
            SipAuthenticationScheme.Kerberos => IsSame(login.Domain, _realm) || (OperatingSystem.IsWindows() && IsSame(login.Domain, _netBiosDomain)),
            _ => true,
        };
        return isHere && directory.TryFindName(login.Name, out var user) ? user.Name : null;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
