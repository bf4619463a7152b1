using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>By what name somebody signs in.</summary>
/// <param name="Scheme">How.</param>
/// <param name="Name">
/// With Digest the user name, which may be a whole address, <c>alice@contoso.test</c>; with NTLM the user name, which may be that too; with Kerberos the principal
/// without its realm.
/// </param>
/// <param name="Domain">With NTLM the domain, with Kerberos the realm, in capitals; empty where none was given.</param>
public readonly record struct UserLogin(SipAuthenticationScheme Scheme, string Name, string Domain)
{
    /// <summary>Never the name, which is user data.</summary>
    public override string ToString() => $"a login by {Scheme}";
}
