using System.ComponentModel;
using System.Net.Security;

namespace UcSdk.Sip.Tests;

/// <summary>What is known of Kerberos without asking the platform.</summary>
public sealed class KerberosTextTests
{
    [Theory]
    // RFC 2743 §3.1 and RFC 4121 §4.1: frame, mechanism, KRB_AP_REQ; the second as MIT Kerberos 1.20 begins it.
    [InlineData("60 0D 06092A864886F71201020201006E00", true)]
    [InlineData("608202BF 06092A864886F71201020201006E8202AE", true)]
    // The same around an AP-REP, by another mechanism (SPNEGO), without its end, with a length of more bytes than there are.
    [InlineData("60 0D 06092A864886F71201020202006F00", false)]
    [InlineData("60 08 06062B0601050502A000", false)]
    [InlineData("60 0B 06092A864886F712010202", false)]
    [InlineData("60 0C 06092A864886F71201020201", false)]
    [InlineData("60FF 06092A864886F71201020201006E00", false)]
    [InlineData("6E00", false)]
    [InlineData("60", false)]
    [InlineData("", false)]
    public void A_token_is_an_AP_REQ_in_its_frame(string token, bool isToken) =>
        Assert.Equal(isToken, KerberosText.IsToken(Convert.FromHexString(token.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("alice", "alice", "")]
    [InlineData("alice@contoso.test", "alice", "CONTOSO.TEST")]
    [InlineData("CONTOSO\\alice", "alice", "CONTOSO")]
    [InlineData("sip/fe@Contoso.Test", "sip/fe", "CONTOSO.TEST")]
    public void A_user_is_a_name_and_a_realm_in_capitals(string text, string name, string realm)
    {
        var user = KerberosUser.Parse(text);
        Assert.Equal((name, realm), (user.Name, user.Realm));
        Assert.Equal("Kerberos user", user.ToString());
        using var secret = new SipPassword("wonderland");
        var told = user.WithPassword(secret.Bytes.Span);
        Assert.Equal((name, realm, "wonderland"), (told.UserName, told.Domain, told.Password));
    }

    [Theory]
    [InlineData("", "wonderland")]
    [InlineData("alice", "")]
    [InlineData("alice", " \t")]
    [InlineData("@contoso.test", "wonderland")]
    public void A_blank_name_or_password_is_refused_before_the_platform_sees_it(string userName, string password)
    {
        using var secret = new SipPassword(password);
        using var client = new KerberosClientContext(new SipCredentials(userName, secret), "sip/fe.contoso.test");
        var step = client.Advance(default);
        Assert.Equal(SecurityContextStatus.Refused, step.Status);
        Assert.Contains("not blank", step.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_signed_before_there_are_keys()
    {
        using var secret = new SipPassword("wonderland");
        using var client = new KerberosClientContext(new SipCredentials("alice", secret), "sip/fe.contoso.test");
        using var server = new KerberosServerContext();
        foreach (var context in new ISecurityContext[] { client, server })
        {
            Assert.False(context.IsEstablished);
            Assert.Throws<InvalidOperationException>(() => context.Sign("text"u8, new System.Buffers.ArrayBufferWriter<byte>()));
            Assert.Throws<InvalidOperationException>(() => context.Verify("text"u8, new byte[28]));
        }

        Assert.Equal((true, false), (client.MayBlock, server.MayBlock));
    }

    [Fact]
    public void A_client_takes_no_token_before_it_has_spoken()
    {
        using var secret = new SipPassword("wonderland");
        using var client = new KerberosClientContext(new SipCredentials("alice", secret), "sip/fe.contoso.test");
        Assert.Equal(SecurityContextStatus.Refused, client.Advance(new byte[] { 1 }).Status);
    }

    [Fact]
    public void A_server_takes_tokens_up_to_its_limit()
    {
        byte[] frame = [0x60, 0x83, 0, 0, 0, .. Convert.FromHexString("06092A864886F7120102020100")];
        // At the limit the platform is asked, and refuses what follows the frame; beyond it nobody is.
        Assert.DoesNotContain("no Kerberos token", Refuse([.. frame, .. new byte[KerberosServerContext.MaxTokenBytes - frame.Length]]), StringComparison.Ordinal);
        Assert.Contains("no Kerberos token", Refuse([.. frame, .. new byte[KerberosServerContext.MaxTokenBytes - frame.Length + 1]]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/etc/krb5.conf", true)]
    [InlineData("/a:/b", "/b", true)]
    [InlineData("/a:/b", "/etc/krb5.conf", false)]
    [InlineData(null, "/b", false)]
    public void A_Linux_machine_without_a_configuration_is_in_no_realm(string? configuration, string existing, bool isConfigured) =>
        Assert.Equal(isConfigured || !OperatingSystem.IsLinux(), KerberosText.HasRealm(configuration, path => path == existing));

    [Fact]
    public void A_machine_without_Kerberos_is_no_accident()
    {
        Assert.True(KerberosText.IsMissingPlatform(new DllNotFoundException()));
        Assert.True(KerberosText.IsMissingPlatform(new PlatformNotSupportedException()));
        Assert.True(KerberosText.IsMissingPlatform(new Win32Exception()));
        Assert.False(KerberosText.IsMissingPlatform(new InvalidOperationException()));
        // What .NET says on Linux without the library.
        Assert.Equal(KerberosText.MissingPlatform, KerberosText.WithoutTicket(NegotiateAuthenticationStatusCode.Unsupported, hasPassword: true));
        Assert.Equal(KerberosText.MissingPlatform, KerberosText.NotAccepted(NegotiateAuthenticationStatusCode.Unsupported));
    }

    [Theory]
    [InlineData(NegotiateAuthenticationStatusCode.UnknownCredentials, "no Kerberos key")]
    [InlineData(NegotiateAuthenticationStatusCode.InvalidCredentials, "no Kerberos key")]
    [InlineData(NegotiateAuthenticationStatusCode.CredentialsExpired, "has expired")]
    [InlineData(NegotiateAuthenticationStatusCode.ContextExpired, "has expired")]
    [InlineData(NegotiateAuthenticationStatusCode.OutOfSequence, "came before")]
    [InlineData(NegotiateAuthenticationStatusCode.InvalidToken, "garbled")]
    [InlineData(NegotiateAuthenticationStatusCode.MessageAltered, "changed on the way")]
    [InlineData(NegotiateAuthenticationStatusCode.TargetUnknown, "another service")]
    [InlineData(NegotiateAuthenticationStatusCode.BadBinding, "another channel")]
    [InlineData(NegotiateAuthenticationStatusCode.GenericFailure, "KRB5_TRACE tells which")]
    public void What_the_platform_can_tell_of_a_ticket_that_is_not_accepted_is_told(NegotiateAuthenticationStatusCode status, string why)
    {
        var text = KerberosText.NotAccepted(status);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains($"({status})", text, StringComparison.Ordinal);
    }

    private static string Refuse(byte[] token)
    {
        using var server = new KerberosServerContext();
        var step = server.Advance(token);
        Assert.Equal(SecurityContextStatus.Refused, step.Status);
        return step.Why!;
    }
}
