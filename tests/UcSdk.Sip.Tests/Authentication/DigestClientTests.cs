using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>The client's side of Digest: what it says to which challenge, and when it gives up.</summary>
public sealed class DigestClientTests
{
    private readonly DigestScheme _scheme = new(new SeededRandomSource(4));

    [Theory]
    [InlineData("Digest realm=\"r\", nonce=\"n\"", true)]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf, auth-int\"", true)]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"", false)]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256", false)]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=sha-256-SESS", true)]
    [InlineData("Digest nonce=\"n\"", false)]
    [InlineData("Digest realm=\"r\"", false)]
    [InlineData("NTLM realm=\"r\", nonce=\"n\"", false)]
    public void A_challenge_is_answered_when_everything_in_it_is_known(string challenge, bool answered)
    {
        Assert.True(AuthField.TryParse(challenge, out var field));
        Assert.Equal(answered, _scheme.CanAnswer(field));
    }

    [Fact]
    public void An_answer_stands_as_rfc_3261_writes_it_and_returns_what_the_challenge_gave()
    {
        // §22.4; tokens without quotes, opaque returned as it came.
        var client = Begin("Digest realm=\"biloxi.com\", qop=\"auth-int,auth\", nonce=\"dcd98b\", opaque=\"5c\\\"cc\", algorithm=MD5");
        var answer = client.Authorize(DigestWorld.Request(SipMethod.Invite, uri: "sip:bob@biloxi.com;Transport=tcp"))!.ToString();
        Assert.StartsWith("Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b\", uri=\"sip:bob@biloxi.com;Transport=tcp\", response=\"", answer, StringComparison.Ordinal);
        Assert.Contains(", algorithm=MD5, cnonce=\"", answer, StringComparison.Ordinal);
        Assert.EndsWith(", opaque=\"5c\\\"cc\", qop=auth, nc=00000001", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void To_a_challenge_of_rfc_2069_nothing_newer_is_said()
    {
        var answer = Begin("Digest realm=\"r\", nonce=\"n\"").Authorize(DigestWorld.Request())!;
        Assert.Equal(["username", "realm", "nonce", "uri", "response"], answer.Select(p => p.Key));
    }

    [Fact]
    public void Each_request_has_a_cnonce_of_its_own_but_a_session_keeps_one()
    {
        var plain = Begin("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
        Assert.NotEqual(plain.Authorize(DigestWorld.Request())!["cnonce"], plain.Authorize(DigestWorld.Request())!["cnonce"]);
        var session = Begin("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5-sess");
        Assert.Equal(session.Authorize(DigestWorld.Request())!["cnonce"], session.Authorize(DigestWorld.Request())!["cnonce"]);
    }

    [Fact]
    public void A_server_that_wants_the_hashed_name_gets_it()
    {
        var answer = Begin("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, userhash=true").Authorize(DigestWorld.Request())!;
        Assert.Equal((new DigestMath().UserHashOf(DigestAlgorithm.Sha256, "bob", "r"), "true"), (answer["username"], answer["userhash"]));
    }

    [Theory]
    // The same nonce again: the password is wrong, whatever else is said.
    [InlineData("n1", false, "n1", false, false)]
    [InlineData("n1", false, "n1", true, false)]
    // Another nonce: the one used was too old, if the server says so or has accepted it before.
    [InlineData("n1", false, "n2", true, true)]
    [InlineData("n1", false, "n2", false, false)]
    [InlineData("n1", true, "n2", false, true)]
    // The refused request said nothing: it went out before the first challenge came.
    [InlineData(null, false, "n2", false, true)]
    public void A_second_challenge_is_answered_only_when_the_nonce_was_to_blame(string? used, bool accepted, string next, bool stale, bool answered)
    {
        var client = Begin("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"");
        var authorization = client.Authorize(DigestWorld.Request())!;
        if (accepted)
        {
            Assert.True(client.TryConfirm(authorization, DigestWorld.Request().CreateResponse(200), null));
        }

        var challenge = Field($"Digest realm=\"r\", nonce=\"{next}\", qop=\"auth\", stale={(stale ? "TRUE" : "false")}");
        Assert.Equal(answered, client.TryContinue(challenge, used is null ? null : authorization));
        if (answered)
        {
            var again = client.Authorize(DigestWorld.Request())!;
            Assert.Equal((next, "00000001"), (again["nonce"], again["nc"]));
        }
    }

    [Fact]
    public void Of_two_requests_refused_under_one_nonce_both_go_again_though_the_server_never_says_stale()
    {
        var client = Begin("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"");
        var response = DigestWorld.Request().CreateResponse(200);
        Assert.True(client.TryConfirm(client.Authorize(DigestWorld.Request())!, response, null));
        var (first, second) = (client.Authorize(DigestWorld.Request())!, client.Authorize(DigestWorld.Request())!);
        Assert.True(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n2\", qop=\"auth\""), first));
        Assert.True(client.TryConfirm(client.Authorize(DigestWorld.Request())!, response, null));
        Assert.True(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n3\", qop=\"auth\""), second));
        var third = client.Authorize(DigestWorld.Request())!;
        Assert.Equal("n3", third["nonce"]);
        Assert.False(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n4\", qop=\"auth\""), third));
    }

    [Fact]
    public void Another_algorithm_needs_the_password_again()
    {
        var password = new SipPassword("zanzibar");
        var client = _scheme.Begin(Field("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\""), ChallengeKind.UserAgent, new("bob", password));
        Assert.True(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256"), null));
        Assert.Equal(64, client.Authorize(DigestWorld.Request())!["response"]!.Length);
        password.Dispose();
        Assert.True(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n3\", qop=\"auth\", algorithm=SHA-256"), null));
        Assert.False(client.TryContinue(Field("Digest realm=\"r\", nonce=\"n4\", qop=\"auth\""), null));
    }

    [Fact]
    public void A_session_stays_with_its_nonce_whatever_comes_next()
    {
        var client = Begin("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5-sess");
        var answered = client.Authorize(DigestWorld.Request())!;
        Assert.True(client.TryConfirm(answered, DigestWorld.Request().CreateResponse(200), Field("nextnonce=\"n2\"")));
        Assert.Equal("n1", client.Authorize(DigestWorld.Request())!["nonce"]);
    }

    private static AuthField Field(string text) => AuthField.TryParse(text, out var field) ? field : throw new FormatException(text);

    private ISipAuthentication Begin(string challenge) => _scheme.Begin(Field(challenge), ChallengeKind.UserAgent, new("bob", new("zanzibar")));
}
