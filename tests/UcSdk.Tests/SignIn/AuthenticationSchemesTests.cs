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
    public void A_wrong_password_names_every_scheme_and_what_came_of_it()
    {
        using var password = new SipPassword("guess");
        Pool.Run(async pool =>
        {
            using var right = new SipPassword("wonderland");
            await pool.StartAsync("sip", options => options with { Users = [new("alice") { Password = right }] });

            var failure = await Assert.ThrowsAsync<RegisterException>(() => pool.SignInAsync("desk", "sip", options => options with { Password = password }));

            Assert.Equal(
                [
                    new("NTLM", SchemeOutcome.Failed, "the server did not accept the user's name and password"),
                    new SchemeAttempt("Digest", SchemeOutcome.Failed, "the server did not accept the user's name and password"),
                ],
                failure.Schemes);
            Assert.Equal(
                "The sign-in failed at the stage Register: 401 Unauthorized (NTLM: the server did not accept the user's name and password; "
                + "Digest: the server did not accept the user's name and password)",
                failure.Message);
        });
    }

    [Fact]
    public void What_is_offered_and_not_tried_has_its_reason_too()
    {
        using var password = new SipPassword("wonderland");
        _lab.Run(
            async () =>
            {
                SignInLab.Refuse(
                    _lab.Server,
                    401,
                    "WWW-Authenticate: TLS-DSK realm=\"contoso.com\", targetname=\"server\", version=4\r\nWWW-Authenticate: NTLM realm=\"contoso.com\", targetname=\"server\", version=4\r\n"
                    + "WWW-Authenticate: Digest realm=\"contoso.com\", nonce=\"n\"\r\nWWW-Authenticate: Digest realm=\"contoso.com\", nonce=\"n\", algorithm=SHA-256\r\n",
                    times: 100);
                var failure = await _lab.FailAsync();

                Assert.Equal(["TLS-DSK", "NTLM", "Digest"], failure.OfferedSchemes);
                Assert.Equal(
                    ["Digest: the server did not accept the user's name and password", "TLS-DSK: it is not known here", "NTLM: the options do not allow it"],
                    failure.Schemes.Select(scheme => $"{scheme}"));
                Assert.Equal([SchemeOutcome.Failed, SchemeOutcome.NotTried, SchemeOutcome.NotTried], failure.Schemes.Select(scheme => scheme.Outcome));
                Assert.Equal(failure.Reason, failure.Failures.Single().Reason);
            },
            options => options with { Password = password, AuthenticationSchemes = [SipAuthenticationScheme.Digest] });
    }

    [Fact]
    public void Without_a_password_that_is_the_reason_for_each() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 401, Offers);

        Assert.Equal(["Digest: there is no password", "NTLM: there is no password"], (await _lab.FailAsync()).Schemes.Select(scheme => $"{scheme}"));
    });

    [Fact]
    public void A_refusal_for_another_reason_says_that_the_scheme_was_not_to_blame()
    {
        using var password = new SipPassword("wonderland");
        Pool.Run(async pool =>
        {
            await pool.StartAsync("sip", options => options with { Users = [new("alice") { Password = password }], AcceptClient = _ => false });

            var failure = await Assert.ThrowsAsync<RegisterException>(() => pool.SignInAsync("desk", "sip", options => options with { Password = password }));

            Assert.Equal(403, failure.StatusCode);
            Assert.Equal([new SchemeAttempt("NTLM", SchemeOutcome.Answered, "the server refuses for another reason")], failure.Schemes);
            Assert.DoesNotContain("NTLM", failure.Message, StringComparison.Ordinal);
        });
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
