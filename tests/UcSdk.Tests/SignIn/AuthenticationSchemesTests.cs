using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Which of a server's schemes the client answers is for its options to say.</summary>
public sealed class AuthenticationSchemesTests
{
    private const string Offers =
        "WWW-Authenticate: Digest realm=\"contoso.com\", nonce=\"n\"\r\nWWW-Authenticate: NTLM realm=\"contoso.com\", targetname=\"server\", version=4\r\n\r\n";

    private readonly SignInLab _lab = new();

    [Theory]
    [InlineData(new[] { SipAuthenticationScheme.Ntlm, SipAuthenticationScheme.Digest }, "NTLM")]
    [InlineData(new[] { SipAuthenticationScheme.Digest, SipAuthenticationScheme.Ntlm }, "Digest")]
    [InlineData(new[] { SipAuthenticationScheme.Digest }, "Digest")]
    public void The_first_of_them_that_the_server_offers_is_taken(SipAuthenticationScheme[] schemes, string expected)
    {
        using var password = new SipPassword("wonderland");
        _lab.Run(
            async () =>
            {
                SignInLab.Refuse(_lab.Server, 401, Offers);
                await _lab.SignInAsync();
                var answer = _lab.Server.Requests.Where(request => request.Name == "REGISTER").ElementAt(1).Request;
                Assert.StartsWith(expected + " ", answer.Headers[HeaderName.Authorization], StringComparison.Ordinal);
            },
            options => options with { Password = password, AuthenticationSchemes = schemes });
    }

    [Fact]
    public void Where_none_is_left_the_failure_says_what_was_offered()
    {
        using var password = new SipPassword("wonderland");
        _lab.Run(
            async () =>
            {
                SignInLab.Refuse(_lab.Server, 401, Offers, times: 100);
                var failure = await _lab.FailAsync();
                Assert.Contains("the server offers Digest, NTLM", failure.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("wonderland", failure.ToString(), StringComparison.Ordinal);
            },
            options => options with { Password = password, AuthenticationSchemes = [] });
    }
}
