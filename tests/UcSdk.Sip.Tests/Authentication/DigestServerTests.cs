using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>The server's side of Digest: RFC 3261 §22, RFC 7616, RFC 8760.</summary>
public sealed class DigestServerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly DigestWorld _world = new();

    [Fact]
    public void A_challenge_offers_every_algorithm_in_order_with_one_nonce()
    {
        var challenges = DigestWorld.ChallengesOf(_world.Challenge(DigestWorld.Request()));
        Assert.Equal(["SHA-256", "MD5"], challenges.Select(c => c["algorithm"]));
        Assert.All(challenges, c => Assert.Equal((DigestWorld.Realm, "auth", null), (c["realm"], c["qop"], c["stale"])));
        Assert.Equal(challenges[0]["nonce"], challenges[1]["nonce"]);
    }

    [Fact]
    public void A_proxy_challenges_with_407_and_reads_proxy_authorization()
    {
        var response = _world.Challenge(DigestWorld.Request(), kind: ChallengeKind.Proxy);
        Assert.Equal(407, response.StatusCode);
        var client = new DigestScheme(new SeededRandomSource(4)).Begin(
            DigestWorld.ChallengesOf(response, ChallengeKind.Proxy)[0], ChallengeKind.UserAgent, new("alice", new("wonderland")));
        var request = DigestWorld.Request();
        request.Headers.Add(HeaderName.ProxyAuthorization, client.Authorize(request)!.ToString());
        Assert.Equal(DigestOutcome.Missing, _world.Verify(request).Outcome);
        Assert.True(_world.Server.Verify(request, ChallengeKind.Proxy, _world.Now).IsAccepted);
    }

    [Theory]
    [InlineData("SHA-256", false)]
    [InlineData("SHA-256-sess", false)]
    [InlineData("MD5", false)]
    [InlineData("MD5-sess", false)]
    [InlineData("MD5", true)]
    [InlineData("SHA-256-sess", true)]
    public void The_right_password_is_accepted_and_the_server_proves_to_know_it(string algorithm, bool onlyIntegrity)
    {
        var world = new DigestWorld(o => o with { Algorithms = [DigestAlgorithm.Find(algorithm)!], OffersIntegrity = onlyIntegrity });
        var challenge = DigestWorld.ChallengesOf(world.Challenge(DigestWorld.Request()))[0];
        if (onlyIntegrity)
        {
            Assert.True(AuthField.TryParse(challenge.ToString().Replace("auth,auth-int", "auth-int", StringComparison.Ordinal), out challenge));
        }

        var client = new DigestScheme(new SeededRandomSource(4)).Begin(challenge, ChallengeKind.UserAgent, new("alice", new("wonderland")));
        foreach (var expectedCount in new[] { "00000001", "00000002", "00000003" })
        {
            var request = DigestWorld.Request(SipMethod.Message);
            request.SetBody("text/plain", "hello"u8.ToArray());
            var authorization = client.Authorize(request)!;
            request.Headers[HeaderName.Authorization] = authorization.ToString();
            Assert.Equal((expectedCount, onlyIntegrity ? "auth-int" : "auth"), (authorization["nc"], authorization["qop"]));
            var verdict = world.Verify(request);
            Assert.Equal("alice", verdict.Answer?.UserName);
            var response = request.CreateResponse(200);
            response.SetBody("text/plain", "welcome"u8.ToArray());
            world.Server.Confirm(response, ChallengeKind.UserAgent, verdict, world.Now);
            Assert.True(AuthField.TryParse(response.Headers[HeaderName.AuthenticationInfo], out var info));
            Assert.True(client.TryConfirm(authorization, response, info));
            Assert.False(client.TryConfirm(authorization, response, Forge(info)));
        }
    }

    [Fact]
    public void A_changed_body_breaks_auth_int_and_a_changed_method_breaks_both()
    {
        var world = new DigestWorld(o => o with { OffersIntegrity = true });
        var challenge = DigestWorld.ChallengesOf(world.Challenge(DigestWorld.Request()))[0].ToString();
        Assert.True(AuthField.TryParse(challenge.Replace("auth,auth-int", "auth-int", StringComparison.Ordinal), out var field));
        var client = new DigestScheme(new SeededRandomSource(4)).Begin(field, ChallengeKind.UserAgent, new("alice", new("wonderland")));
        var request = DigestWorld.Next(client, SipMethod.Message);
        request.SetBody("text/plain", "another"u8.ToArray());
        Assert.Equal(DigestOutcome.Refused, world.Verify(request).Outcome);
        var other = DigestWorld.Request(SipMethod.Options);
        other.Headers.Add(HeaderName.Authorization, DigestWorld.Next(world.Client())!.Headers[HeaderName.Authorization]!);
        Assert.Equal(DigestOutcome.Refused, world.Verify(other).Outcome);
    }

    [Fact]
    public void An_unknown_user_and_a_wrong_password_cost_the_same_hashes_and_get_the_same_bytes()
    {
        var (unknown, wrong, onlyHash) = (new DigestWorld(), new DigestWorld(), new DigestWorld());
        onlyHash.Users["alice"] = DigestSecret.OfHash(new string('0', 64));
        var answers = new List<(DigestOutcome Outcome, int Hashes, string Response)>();
        foreach (var (world, user) in new[] { (unknown, "mallory"), (wrong, "alice"), (onlyHash, "alice") })
        {
            var request = DigestWorld.Next(world.Client(user, "guess"));
            var before = world.Hashes;
            var outcome = world.Verify(request).Outcome;
            var hashes = world.Hashes - before;
            answers.Add((outcome, hashes, Encoding.UTF8.GetString(world.Challenge(DigestWorld.Request(), outcome).ToBytes())));
        }

        Assert.Equal(DigestOutcome.Refused, answers[0].Outcome);
        Assert.Equal(3, answers[0].Hashes);
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public void A_stored_hash_is_as_good_as_the_password()
    {
        var secret = new DigestMath().SecretOf(DigestAlgorithm.Sha256, "alice", DigestWorld.Realm, "wonderland"u8.ToArray());
        _world.Users["alice"] = DigestSecret.OfHash(Encoding.ASCII.GetString(secret));
        var client = _world.Client();
        Assert.True(_world.Verify(DigestWorld.Next(client)).IsAccepted);
        Assert.True(_world.Verify(DigestWorld.Next(client)).IsAccepted);
    }

    [Fact]
    public void A_cleared_password_is_nobodys_password()
    {
        var password = new SipPassword("wonderland");
        _world.Users["alice"] = DigestSecret.OfPassword(password);
        var request = DigestWorld.Next(_world.Client());
        password.Dispose();
        Assert.Equal(DigestOutcome.Refused, _world.Verify(request).Outcome);
        Assert.Equal(DigestOutcome.Refused, _world.Verify(DigestWorld.Next(_world.Client("alice", ""))).Outcome);
    }

    [Fact]
    public void The_same_count_is_not_taken_twice_and_the_refusal_says_stale()
    {
        var request = DigestWorld.Next(_world.Client());
        Assert.True(_world.Verify(request).IsAccepted);
        Assert.Equal(DigestOutcome.Stale, _world.Verify(request).Outcome);
        Assert.All(DigestWorld.ChallengesOf(_world.Challenge(request, DigestOutcome.Stale)), c => Assert.Equal("true", c["stale"]));
    }

    [Fact]
    public void Requests_that_overtake_one_another_are_taken_within_the_window()
    {
        var client = _world.Client();
        var requests = Enumerable.Range(0, CountWindow.Size + 1).Select(_ => DigestWorld.Next(client)).ToArray();
        Assert.True(_world.Verify(requests[^1]).IsAccepted);
        Assert.True(_world.Verify(requests[1]).IsAccepted);
        Assert.Equal(DigestOutcome.Stale, _world.Verify(requests[0]).Outcome);
        Assert.Equal(DigestOutcome.Stale, _world.Verify(requests[1]).Outcome);
        Assert.True(_world.Verify(requests[2]).IsAccepted);
    }

    [Fact]
    public void A_nonce_is_good_until_its_time_is_over_and_then_stale()
    {
        var client = _world.Client();
        _world.Advance(_world.Options.NonceLifetime - Tick);
        Assert.True(_world.Verify(DigestWorld.Next(client)).IsAccepted);
        _world.Advance(Tick);
        Assert.Equal(DigestOutcome.Stale, _world.Verify(DigestWorld.Next(client)).Outcome);
    }

    [Fact]
    public void What_is_stale_is_not_told_to_those_who_do_not_know_the_password()
    {
        var client = _world.Client(password: "guess");
        _world.Advance(_world.Options.NonceLifetime);
        Assert.Equal(DigestOutcome.Refused, _world.Verify(DigestWorld.Next(client)).Outcome);
        Assert.Equal(0, _world.Server.Nonces);
    }

    [Fact]
    public void A_nonce_of_another_process_or_a_forged_one_is_stale()
    {
        var other = new DigestWorld(seed: 9);
        Assert.Equal(DigestOutcome.Stale, _world.Verify(DigestWorld.Next(other.Client())).Outcome);
        var challenge = DigestWorld.ChallengesOf(_world.Challenge(DigestWorld.Request()))[0];
        // Ten years younger: the first bytes are the time.
        var forged = challenge.ToString().Replace(challenge["nonce"]!, "AAAB" + challenge["nonce"]![4..], StringComparison.Ordinal);
        Assert.True(AuthField.TryParse(forged, out var field));
        var client = new DigestScheme(new SeededRandomSource(4)).Begin(field, ChallengeKind.UserAgent, new("alice", new("wonderland")));
        Assert.Equal(DigestOutcome.Stale, _world.Verify(DigestWorld.Next(client)).Outcome);
    }

    [Fact]
    public void The_next_nonce_is_told_from_half_the_life_on_and_works()
    {
        var client = _world.Client();
        Assert.Null(InfoOf(_world, client)["nextnonce"]);
        _world.Advance(_world.Options.NonceLifetime / 2 - Tick);
        Assert.Null(InfoOf(_world, client)["nextnonce"]);
        _world.Advance(Tick);
        var next = InfoOf(_world, client)["nextnonce"];
        Assert.NotNull(next);
        _world.Advance(_world.Options.NonceLifetime / 2);
        var request = DigestWorld.Next(client);
        Assert.True(AuthField.TryParse(request.Headers[HeaderName.Authorization], out var authorization));
        Assert.Equal((next, "00000001"), (authorization["nonce"], authorization["nc"]));
        Assert.True(_world.Verify(request).IsAccepted);
    }

    [Fact]
    public void Nonces_in_use_are_remembered_up_to_the_limit_and_what_was_forgotten_is_stale()
    {
        var world = new DigestWorld(o => o with { MaxNonces = 2 });
        var clients = new List<ISipAuthentication>();
        for (var n = 0; n < 3; n++)
        {
            clients.Add(world.Client());
            world.Advance(Tick);
        }

        var first = DigestWorld.Next(clients[0]);
        Assert.True(world.Verify(first).IsAccepted);
        Assert.True(world.Verify(DigestWorld.Next(clients[1])).IsAccepted);
        Assert.True(world.Verify(DigestWorld.Next(clients[0])).IsAccepted);
        Assert.Equal(2, world.Server.Nonces);
        Assert.True(world.Verify(DigestWorld.Next(clients[2])).IsAccepted);
        Assert.Equal(2, world.Server.Nonces);
        // Nobody knows any more which counts of the first nonce came: none is taken.
        Assert.Equal(DigestOutcome.Stale, world.Verify(first).Outcome);
        Assert.Equal(DigestOutcome.Stale, world.Verify(DigestWorld.Next(clients[0])).Outcome);
        Assert.True(world.Verify(DigestWorld.Next(clients[1])).IsAccepted);
        world.Advance(world.Options.NonceLifetime);
        Assert.True(world.Verify(DigestWorld.Next(world.Client())).IsAccepted);
        Assert.Equal(1, world.Server.Nonces);
    }

    [Fact]
    public void An_answer_without_qop_is_taken_only_where_allowed_and_once()
    {
        Assert.Equal(DigestOutcome.Missing, _world.Verify(DigestWorld.Next(WithoutQop(_world))).Outcome);
        var lenient = new DigestWorld(o => o with { AcceptsUnprotected = true });
        var client = WithoutQop(lenient);
        var request = DigestWorld.Next(client);
        var verdict = lenient.Verify(request);
        Assert.True(verdict.IsAccepted);
        Assert.Equal(DigestOutcome.Stale, lenient.Verify(request).Outcome);
        // RFC 2069 has nextnonce and nothing that proves.
        Assert.True(AuthField.TryParse(lenient.Accept(request, verdict).Headers[HeaderName.AuthenticationInfo], out var info));
        Assert.Equal(["nextnonce"], info.Select(p => p.Key));
        Assert.True(AuthField.TryParse(request.Headers[HeaderName.Authorization], out var answered));
        Assert.True(client.TryConfirm(answered, request.CreateResponse(200), info));
        Assert.True(lenient.Verify(DigestWorld.Next(client)).IsAccepted);
    }

    [Fact]
    public void Credentials_for_another_uri_are_malformed_unless_that_is_allowed()
    {
        var client = _world.Client();
        var request = DigestWorld.Next(client).WithUri(SipUri.Parse("sip:elsewhere.example.com"));
        Assert.Equal(DigestOutcome.Malformed, _world.Verify(request).Outcome);
        var equivalent = DigestWorld.Next(client).WithUri(SipUri.Parse("sip:ATLANTA.example.com"));
        Assert.True(_world.Verify(equivalent).IsAccepted);
        var behindProxies = new DigestWorld(o => o with { RequiresSameUri = false });
        Assert.True(behindProxies.Verify(DigestWorld.Next(behindProxies.Client()).WithUri(SipUri.Parse("sip:elsewhere.example.com"))).IsAccepted);
    }

    [Fact]
    public void Credentials_that_stand_twice_are_malformed_and_those_of_other_realms_are_not_ours()
    {
        var request = DigestWorld.Next(_world.Client());
        var text = request.Headers[HeaderName.Authorization]!;
        request.Headers.Add(HeaderName.Authorization, text.Replace(DigestWorld.Realm, "biloxi.example.com", StringComparison.Ordinal));
        Assert.True(_world.Verify(request).IsAccepted);
        request.Headers.Add(HeaderName.Authorization, text);
        Assert.Equal(DigestOutcome.Malformed, _world.Verify(request).Outcome);
    }

    [Theory]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("nc=00000001", "nc=00000000")]
    [InlineData("nc=00000001", "nc=0000000g")]
    [InlineData("qop=auth", "qop=auth-conf")]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-512-256")]
    [InlineData("algorithm=SHA-256", "algorithm=MD5-sess")]
    [InlineData("username=", "user=")]
    [InlineData("cnonce=", "cn=")]
    [InlineData("Digest ", "NTLM ")]
    [InlineData("qop=auth,", "qop=auth, userhash=true,")]
    public void What_was_not_offered_or_is_not_of_its_form_counts_as_absent(string part, string instead)
    {
        var request = DigestWorld.Next(_world.Client());
        var text = request.Headers[HeaderName.Authorization]!;
        Assert.Contains(part, text, StringComparison.Ordinal);
        request.Headers[HeaderName.Authorization] = text.Replace(part, instead, StringComparison.Ordinal);
        Assert.Equal(DigestOutcome.Missing, _world.Verify(request).Outcome);
    }

    [Fact]
    public void A_user_name_may_come_in_the_extended_form()
    {
        _world.Users["Jäsøn Doe"] = DigestSecret.OfPassword(new("Secret, or not?"));
        var request = DigestWorld.Next(_world.Client("Jäsøn Doe", "Secret, or not?"));
        var text = request.Headers[HeaderName.Authorization]!;
        // RFC 7616 §3.9.2 writes this user so.
        request.Headers[HeaderName.Authorization] = text.Replace("username=\"Jäsøn Doe\"", "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe", StringComparison.Ordinal);
        Assert.Equal("Jäsøn Doe", _world.Verify(request).Answer?.UserName);
        request.Headers[HeaderName.Authorization] += ", username=\"alice\"";
        Assert.Equal(DigestOutcome.Missing, _world.Verify(request).Outcome);
    }

    [Fact]
    public void Nothing_secret_is_shown()
    {
        var verdict = _world.Verify(DigestWorld.Next(_world.Client()));
        var shown = string.Join(' ', verdict, _world.Users["alice"], new SipPassword("wonderland"), new SipCredentials("alice", new("wonderland"), "r"));
        Assert.DoesNotContain("wonderland", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", shown, StringComparison.Ordinal);
        Assert.Equal("Accepted [redacted] [redacted] credentials for r", shown);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new DigestWorld(o => o with { Algorithms = [] }));
        Assert.Throws<ArgumentException>(() => new DigestWorld(o => o with { Realm = "a\r\nb" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DigestWorld(o => o with { NonceLifetime = TimeSpan.FromSeconds(1) - Tick }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DigestWorld(o => o with { MaxNonces = 0 }));
        _ = new DigestWorld(o => o with { NonceLifetime = TimeSpan.FromSeconds(1), MaxNonces = 1 });
    }

    private static AuthField Forge(AuthField info)
    {
        var proof = info["rspauth"]!;
        Assert.True(AuthField.TryParse(info.ToString().Replace(proof, (proof[0] == '0' ? '1' : '0') + proof[1..], StringComparison.Ordinal), out var forged));
        return forged;
    }

    private static AuthField InfoOf(DigestWorld world, ISipAuthentication client)
    {
        var request = DigestWorld.Next(client);
        var response = world.Accept(request, world.Verify(request));
        Assert.True(AuthField.TryParse(response.Headers[HeaderName.AuthenticationInfo], out var info));
        Assert.True(AuthField.TryParse(request.Headers[HeaderName.Authorization], out var answered));
        Assert.True(client.TryConfirm(answered, response, info));
        return info;
    }

    private static ISipAuthentication WithoutQop(DigestWorld world)
    {
        var challenge = DigestWorld.ChallengesOf(world.Challenge(DigestWorld.Request()))[1].ToString();
        Assert.True(AuthField.TryParse(challenge.Replace(" qop=\"auth\",", "", StringComparison.Ordinal), out var field));
        return new DigestScheme(new SeededRandomSource(4)).Begin(field, ChallengeKind.UserAgent, new("alice", new("wonderland")));
    }
}
