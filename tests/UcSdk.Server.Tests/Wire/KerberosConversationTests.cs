using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What a server that offers Kerberos says ([MS-SIPAE] §3.3), as far as no KDC is needed; whole sign-ins are among the interoperability tests.</summary>
public sealed class KerberosConversationTests
{
    private static ServerLab Domain(Func<ServerAuthenticationOptions, ServerAuthenticationOptions>? change = null)
    {
        var authentication = new ServerAuthenticationOptions { Schemes = [SipAuthenticationScheme.Kerberos, SipAuthenticationScheme.Ntlm], Required = true };
        return new(options => options with { Users = [new("alice")], Authentication = change?.Invoke(authentication) ?? authentication });
    }

    [Fact]
    public void The_challenge_names_the_server_as_the_KDC_knows_it()
    {
        using var lab = Domain(authentication => authentication with { ServerName = "fe.contoso.test" });
        var alice = lab.Connect("alice", "alice01");
        alice.Register();
        Assert.Equal(
            [
                "Kerberos realm=\"SIP Communications Service\", targetname=\"sip/fe.contoso.test\", version=4",
                "NTLM realm=\"SIP Communications Service\", targetname=\"fe.contoso.test\", version=4",
            ],
            alice.ExpectsResponse(401).Headers.GetAll(HeaderName.WwwAuthenticate));
    }

    [Theory]
    // Nothing, no Kerberos, and a frame with nothing in it.
    [InlineData("")]
    [InlineData("TlRMTVNTUAABAAAA")]
    [InlineData("YA0GCSqGSIb3EgECAgEA")]
    public void A_token_that_is_no_ticket_is_challenged_again(string token)
    {
        using var lab = Domain();
        var alice = lab.Connect("alice", "alice01");
        alice.Register($"Authorization: Kerberos qop=\"auth\", realm=\"SIP Communications Service\", targetname=\"sip/sip.contoso.test\", gssapi-data=\"{token}\", version=4");
        Assert.StartsWith("Kerberos ", alice.ExpectsResponse(401).Headers[HeaderName.WwwAuthenticate], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Theory]
    [InlineData("alice@CONTOSO.TEST", null, true)]
    [InlineData("Alice@contoso.test", null, true)]
    [InlineData("alice@CORP.EXAMPLE", "corp.example", true)]
    // Somebody of the same name in another realm, which ours may trust; a realm that was not named; a service.
    [InlineData("alice@FABRIKAM.TEST", null, false)]
    [InlineData("alice@CONTOSO.TEST", "corp.example", false)]
    [InlineData("alice", null, false)]
    [InlineData("alice/admin@CONTOSO.TEST", null, false)]
    [InlineData("bob@CONTOSO.TEST", null, false)]
    [InlineData("alice@contoso.test@FABRIKAM.TEST", null, false)]
    public void A_principal_of_the_realm_is_the_user_of_that_name_and_nobody_else_is(string principal, string? realm, bool isAlice)
    {
        var directory = new UserDirectory("contoso.test");
        directory.Add(new("alice"));
        directory.Add(new("bob"));
        IAssociationUsers logins = new UserLogins(new OptionsUserStore(directory, new ServerAuthenticationOptions { KerberosRealm = realm }), directory);
        Assert.Equal(isAlice, logins.Owns("Kerberos", principal, SipUri.Create("alice", "contoso.test")));
    }
}
