using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>Which challenges are answered, with what, and which later requests carry credentials unasked: RFC 3261 §22, RFC 8760 §2.4.</summary>
public sealed class CredentialCacheTests : IDisposable
{
    private static int _nonces;

    private readonly SipPassword _password = new("wonderland");
    private readonly CredentialCache _cache;

    public CredentialCacheTests() =>
        _cache = new([new SipCredentials("alice", _password, "known"), new SipCredentials("boss", new("secret"), "other")], [new DigestScheme(new SeededRandomSource(4))]);

    public void Dispose()
    {
        _cache.Dispose();
        _password.Dispose();
    }

    [Fact]
    public void The_first_algorithm_that_is_known_is_taken()
    {
        var answered = Answer(DigestWorld.Request(), "known;SHA-512-256", "known;SHA-256", "known;MD5");
        Assert.Equal(["SHA-256"], Of(answered, ChallengeKind.UserAgent).Select(f => f["algorithm"]));
    }

    [Fact]
    public void All_realms_are_answered_at_once_each_with_its_credentials_and_those_unknown_are_left_alone()
    {
        // RFC 3261 §22.3: a forked request brings the challenges of several proxies and of the callee.
        var request = DigestWorld.Request(SipMethod.Invite, "sip:bob@b.test");
        var response = Challenge(request, 407, ChallengeKind.Proxy, "known;MD5", "foreign;MD5");
        response.Headers.Add(HeaderName.ProxyAuthenticate, "NTLM realm=\"SIP Communications Service\", targetname=\"fe\", version=4");
        response.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"other\", nonce=\"n\", qop=\"auth\"");
        Assert.True(_cache.TryAnswer(request, response, DigestWorld.Flow));
        _cache.Authorize(request, DigestWorld.Flow);
        Assert.Equal([("alice", "known")], Of(request, ChallengeKind.Proxy).Select(f => (f["username"], f["realm"])));
        Assert.Equal([("boss", "other")], Of(request, ChallengeKind.UserAgent).Select(f => (f["username"], f["realm"])));
    }

    [Fact]
    public void A_challenge_without_credentials_or_that_cannot_be_read_is_not_answered()
    {
        var request = DigestWorld.Request();
        Assert.False(_cache.TryAnswer(request, Challenge(request, 401, ChallengeKind.UserAgent, "foreign;MD5"), DigestWorld.Flow));
        var response = request.CreateResponse(401);
        response.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"known");
        Assert.False(_cache.TryAnswer(request, response, DigestWorld.Flow));
        Assert.False(_cache.TryAnswer(request, request.CreateResponse(401), DigestWorld.Flow));
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void A_second_refusal_ends_it_and_is_forgotten()
    {
        var request = Answer(DigestWorld.Request(), "known;MD5");
        Assert.False(_cache.TryAnswer(request, Challenge(request, 401, ChallengeKind.UserAgent, "known;MD5"), DigestWorld.Flow));
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void What_the_registrar_asked_is_told_to_the_registrar_alone()
    {
        Answer(DigestWorld.Request(), "known;MD5");
        Assert.Equal(["00000002"], CountsOf(DigestWorld.Request(to: "sip:alice@ATLANTA.example.com"), DigestWorld.Flow));
        // A new connection to the same server is the same space; another server is not.
        Assert.Equal(["00000003"], CountsOf(DigestWorld.Request(), DigestWorld.FlowTo("server.test")));
        Assert.Empty(CountsOf(DigestWorld.Request(), DigestWorld.FlowTo("another.test")));
        // What goes on to somebody else carries nothing that they could guess at.
        Assert.Empty(CountsOf(DigestWorld.Request(SipMethod.Message), DigestWorld.Flow));
        Assert.Empty(CountsOf(DigestWorld.Request(SipMethod.Message, "sip:bob@atlanta.example.com"), DigestWorld.Flow));
    }

    [Fact]
    public void What_a_user_agent_asked_is_told_to_requests_to_the_same_address()
    {
        Answer(DigestWorld.Request(SipMethod.Invite, "sip:bob@b.test"), "known;MD5");
        Assert.Equal(["00000002"], CountsOf(DigestWorld.Request(SipMethod.Message, "sip:bob@B.test"), DigestWorld.Flow));
        Assert.Empty(CountsOf(DigestWorld.Request(SipMethod.Message, "sip:carol@b.test"), DigestWorld.Flow));
        Assert.Empty(CountsOf(DigestWorld.Request(SipMethod.Message, "sip:bob@c.test"), DigestWorld.Flow));
        Assert.Empty(CountsOf(DigestWorld.Request(SipMethod.Register, "sip:bob@b.test"), DigestWorld.Flow));
    }

    [Fact]
    public void A_proxy_sees_credentials_on_every_request_and_a_domain_on_those_it_names()
    {
        var request = DigestWorld.Request();
        Assert.True(_cache.TryAnswer(request, Challenge(request, 407, ChallengeKind.Proxy, "known;MD5"), DigestWorld.Flow));
        var response = request.CreateResponse(401);
        response.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"other\", nonce=\"n\", qop=\"auth\", domain=\"sip:c.test sip:b.test\"");
        Assert.True(_cache.TryAnswer(request, response, DigestWorld.Flow));
        var elsewhere = DigestWorld.Request(SipMethod.Invite, "sip:bob@b.test");
        _cache.Authorize(elsewhere, DigestWorld.Flow);
        Assert.Equal((1, 1), (Of(elsewhere, ChallengeKind.Proxy).Count, Of(elsewhere, ChallengeKind.UserAgent).Count));
        var unnamed = DigestWorld.Request(SipMethod.Invite, "sip:bob@d.test");
        _cache.Authorize(unnamed, DigestWorld.Flow);
        Assert.Equal((1, 0), (Of(unnamed, ChallengeKind.Proxy).Count, Of(unnamed, ChallengeKind.UserAgent).Count));
    }

    [Theory]
    [InlineData("ACK")]
    [InlineData("CANCEL")]
    [InlineData("BENOTIFY")]
    public void What_cannot_be_challenged_gets_no_credentials_of_its_own(string method)
    {
        Answer(DigestWorld.Request(), "known;MD5");
        Assert.True(SipMethod.TryParse(method, out var parsed));
        Assert.Empty(CountsOf(DigestWorld.Request(parsed), DigestWorld.Flow));
    }

    [Fact]
    public void Credentials_of_the_application_for_other_realms_stay()
    {
        Answer(DigestWorld.Request(), "known;MD5");
        var request = DigestWorld.Request();
        request.Headers.Add(HeaderName.Authorization, "Digest realm=\"mine\", x=y");
        request.Headers.Add(HeaderName.Authorization, "Digest realm=\"known\", x=y");
        _cache.Authorize(request, DigestWorld.Flow);
        Assert.Equal(["mine", "known"], Of(request, ChallengeKind.UserAgent).Select(f => f["realm"]));
        Assert.Equal("00000002", Of(request, ChallengeKind.UserAgent)[1]["nc"]);
    }

    [Fact]
    public void A_cleared_password_ends_the_space()
    {
        Answer(DigestWorld.Request(), "known;MD5");
        _password.Dispose();
        Assert.Empty(CountsOf(DigestWorld.Request(), DigestWorld.Flow));
        Assert.Equal(0, _cache.Count);
        var request = DigestWorld.Request();
        Assert.False(_cache.TryAnswer(request, Challenge(request, 401, ChallengeKind.UserAgent, "known;MD5"), DigestWorld.Flow));
    }

    [Fact]
    public void A_wrong_proof_ends_the_space()
    {
        var request = Answer(DigestWorld.Request(), "known;MD5");
        var response = request.CreateResponse(200);
        Assert.True(_cache.TryConfirm(request, response, DigestWorld.Flow));
        response.Headers.Add(HeaderName.AuthenticationInfo, "qop=auth, rspauth=\"00000000000000000000000000000000\"");
        Assert.False(_cache.TryConfirm(request, response, DigestWorld.Flow));
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void Spaces_are_remembered_up_to_the_limit_and_the_oldest_is_forgotten()
    {
        for (var n = 0; n <= CredentialCache.MaxSpaces; n++)
        {
            Answer(DigestWorld.Request(to: $"sip:alice@d{n}.test"), "known;MD5");
        }

        Assert.Equal(CredentialCache.MaxSpaces, _cache.Count);
        Assert.Empty(CountsOf(DigestWorld.Request(to: "sip:alice@d0.test"), DigestWorld.Flow));
        Assert.Equal(["00000002"], CountsOf(DigestWorld.Request(to: "sip:alice@d1.test"), DigestWorld.Flow));
        _cache.Dispose();
        Assert.Equal(0, _cache.Count);
    }

    private static SipResponse Challenge(SipRequest request, int status, ChallengeKind kind, params string[] realms)
    {
        var response = request.CreateResponse(status);
        foreach (var realm in realms)
        {
            var parts = realm.Split(';');
            response.Headers.Add(kind.ChallengeHeader, $"Digest realm=\"{parts[0]}\", nonce=\"n{_nonces++}\", qop=\"auth\", algorithm={parts[1]}");
        }

        return response;
    }

    private static List<AuthField> Of(SipRequest request, ChallengeKind kind)
    {
        var fields = new List<AuthField>();
        foreach (var text in request.Headers.GetAll(kind.AnswerHeader))
        {
            Assert.True(AuthField.TryParseAll(text, fields));
        }

        return fields;
    }

    private SipRequest Answer(SipRequest request, params string[] realms)
    {
        Assert.True(_cache.TryAnswer(request, Challenge(request, 401, ChallengeKind.UserAgent, realms), DigestWorld.Flow));
        _cache.Authorize(request, DigestWorld.Flow);
        return request;
    }

    private IEnumerable<string?> CountsOf(SipRequest request, SipFlow flow)
    {
        _cache.Authorize(request, flow);
        return Of(request, ChallengeKind.UserAgent).Select(f => f["nc"]);
    }
}
