using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>An endpoint that asks its callers who they are.</summary>
public sealed class DigestAuthenticatorTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<string> _served = [];
    private readonly List<int> _refused = [];

    public DigestAuthenticatorTests()
    {
        var world = new DigestWorld();
        var authenticator = new DigestAuthenticator(world.Options, world, new SeededRandomSource(3), () => _wire.Now) { Refused = (_, status) => _refused.Add(status) };
        _wire.Endpoint.RequestReceived = incoming =>
        {
            if (authenticator.Authenticate(incoming, asProxy: incoming.Request.Method == SipMethod.Message) is { } who)
            {
                _served.Add(who.UserName);
                incoming.Respond(200, null, who.Confirm);
            }
        };
    }

    [Fact]
    public void A_caller_is_challenged_answers_and_is_served_with_a_proof()
    {
        _wire.Says(DigestRequest(1));
        var client = ClientOf(_wire.ExpectResponse(401));
        Assert.Empty(_served);
        var request = DigestRequest(2);
        request.Headers.Add(HeaderName.Authorization, client.Authorize(request)!.ToString());
        _wire.Says(request);
        var response = _wire.ExpectResponse(200);
        Assert.Equal(["alice"], _served);
        Assert.True(AuthField.TryParse(response.Headers[HeaderName.AuthenticationInfo], out var info));
        Assert.True(AuthField.TryParse(request.Headers[HeaderName.Authorization], out var answered));
        Assert.Equal(answered["cnonce"], info["cnonce"]);
        Assert.True(client.TryConfirm(answered, response, info));
    }

    [Fact]
    public void A_proxy_asks_with_407()
    {
        _wire.Says(DigestRequest(1, SipMethod.Message));
        Assert.True(_wire.ExpectResponse(407).Headers.Contains(HeaderName.ProxyAuthenticate));
    }

    [Theory]
    [InlineData("<sip:bob@atlanta.example.com>;tag=1", "<sip:alice@atlanta.example.com>")]
    [InlineData("<sip:alice@elsewhere.example.com>;tag=1", "<sip:alice@atlanta.example.com>")]
    [InlineData("<sip:alice@atlanta.example.com>;tag=1", "<sip:bob@atlanta.example.com>")]
    public void Who_speaks_for_another_is_forbidden(string from, string to)
    {
        _wire.Says(DigestRequest(1));
        var client = ClientOf(_wire.ExpectResponse(401));
        var request = DigestRequest(2);
        request.Headers[HeaderName.From] = from;
        request.Headers[HeaderName.To] = to;
        request.Headers.Add(HeaderName.Authorization, client.Authorize(request)!.ToString());
        _wire.Says(request);
        _wire.ExpectResponse(403);
        Assert.Empty(_served);
        Assert.Equal([403], _refused);
    }

    [Fact]
    public void A_wrong_password_is_challenged_again_without_a_word_of_staleness()
    {
        _wire.Says(DigestRequest(1));
        var client = ClientOf(_wire.ExpectResponse(401), "guess");
        var request = DigestRequest(2);
        request.Headers.Add(HeaderName.Authorization, client.Authorize(request)!.ToString());
        _wire.Says(request);
        Assert.All(DigestWorld.ChallengesOf(_wire.ExpectResponse(401)), c => Assert.Null(c["stale"]));
        Assert.Equal([401], _refused);
    }

    [Fact]
    public void A_nonce_past_its_time_is_stale_and_one_for_another_uri_is_400()
    {
        _wire.Says(DigestRequest(1));
        var client = ClientOf(_wire.ExpectResponse(401));
        var elsewhere = DigestRequest(2);
        elsewhere.Headers.Add(HeaderName.Authorization, client.Authorize(elsewhere)!.ToString());
        _wire.Says(elsewhere.WithUri(SipUri.Parse("sip:elsewhere.example.com")));
        Assert.Equal("Unusable Credentials", _wire.ExpectResponse(400).ReasonPhrase);
        _wire.Advance(TimeSpan.FromMinutes(5));
        var late = DigestRequest(3);
        late.Headers.Add(HeaderName.Authorization, client.Authorize(late)!.ToString());
        _wire.Says(late);
        Assert.All(DigestWorld.ChallengesOf(_wire.ExpectResponse(401)), c => Assert.Equal("true", c["stale"]));
        // Who is stale knows the password: only the 400 is worth a word.
        Assert.Equal([400], _refused);
    }

    [Fact]
    public void A_response_is_confirmed_once()
    {
        var identity = new DigestIdentity("alice", _ => { });
        identity.Confirm(new SipResponse(200));
        Assert.Throws<InvalidOperationException>(() => identity.Confirm(new SipResponse(200)));
        Assert.Equal("user", identity.ToString());
    }

    private static ISipAuthentication ClientOf(SipResponse challenge, string password = "wonderland") =>
        new DigestScheme(new SeededRandomSource(4)).Begin(DigestWorld.ChallengesOf(challenge)[0], ChallengeKind.UserAgent, new("alice", new(password)));

    private static SipRequest DigestRequest(uint cseq, SipMethod? method = null)
    {
        var request = DigestWorld.Request(method);
        request.Headers[HeaderName.CSeq] = $"{cseq} {request.Method}";
        request.Headers.AddFirst(HeaderName.Via, $"SIP/2.0/TCP peer.test;branch=z9hG4bKdigest{cseq}");
        return request;
    }
}
