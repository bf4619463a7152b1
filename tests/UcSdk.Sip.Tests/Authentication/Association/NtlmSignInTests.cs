using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>Signing in with NTLM: against captured bytes, and against the server's side over a wire.</summary>
public sealed class NtlmSignInTests
{
    private const string Target = "cosmo-ocs-r2.cosmo.local";
    private readonly NtlmWorld _world = new();

    [Fact]
    public void The_captured_exchange_of_office_communicator_is_signed_and_verified_to_the_byte()
    {
        var random = new NtlmVectors.Script("D6AE875CB0FDAA41" + NtlmVectors.CapturedSessionKey);
        var context = new NtlmClientContext(NtlmVectors.Credentials(@"COSMO\User", "Pa$$word"), random, () => NtlmVectors.CapturedTime);
        Assert.Equal([], context.Advance(default).Token!);
        var answer = context.Advance(NtlmVectors.Hex(NtlmVectors.CapturedChallenge));
        Assert.Contains(NtlmVectors.CapturedProof + NtlmVectors.CapturedBlob, NtlmWorld.Hex(answer), StringComparison.Ordinal);

        var terms = new AssociationTerms(ChallengeKind.UserAgent, "NTLM", AssociationWorld.Realm, Target, 4);
        using var association = new SecurityAssociation(AssociationRole.Client, terms, context, new NtlmVectors.Script("13317733"), "4452DFB0");
        var request = SignatureTextTests.Parse(SignatureTextTests.Register);
        association.Protect(request);
        Assert.Equal(
            $"NTLM qop=\"auth\", opaque=\"4452DFB0\", realm=\"SIP Communications Service\", targetname=\"{Target}\", crand=\"13317733\", cnum=\"1\", response=\"{NtlmVectors.CapturedRequestSignature.ToLowerInvariant()}\"",
            request.Headers[HeaderName.Authorization]);

        var info = $"Authentication-Info: NTLM qop=\"auth\", opaque=\"4452DFB0\", srand=\"9616454F\", snum=\"1\", rspauth=\"{NtlmVectors.CapturedResponseSignature}\", targetname=\"{Target}\", realm=\"SIP Communications Service\", version=4";
        var response = $"{SignatureTextTests.Registered}\n{info}";
        Assert.Equal(AssociationOutcome.Wrong, association.Check(SignatureTextTests.Parse(response.Replace("Expires: 7200", "Expires: 72000", StringComparison.Ordinal))));
        Assert.Equal(AssociationOutcome.Accepted, association.Check(SignatureTextTests.Parse(response)));
    }

    [Fact]
    public async Task Three_registers_and_both_have_proven_that_they_know_the_password()
    {
        using var password = new SipPassword(NtlmWorld.Password);
        var wire = WireOf(password);
        var registering = Register(wire);
        Challenge(wire, wire.ExpectRequest(SipMethod.Register), null);
        var context = _world.Server();
        Assert.Empty(TokenOf(wire.ExpectRequest(SipMethod.Register), out var second)!);
        Challenge(wire, second, context.Advance(default).Token);
        var token = TokenOf(wire.ExpectRequest(SipMethod.Register), out var third);
        Assert.Equal(SecurityContextStatus.Established, context.Advance(token).Status);
        var terms = new AssociationTerms(ChallengeKind.UserAgent, "NTLM", AssociationWorld.Realm, Target, 4);
        using var server = new SecurityAssociation(AssociationRole.Server, terms, context, new SeededRandomSource(5), "0000000A");
        Assert.Equal((AssociationOutcome.Accepted, @"CONTOSO\alice"), (server.Check(third), context.Peer));
        wire.Answers(third, 200, edit: response =>
        {
            AssociationWorld.Granted(third, response, 3600);
            server.Protect(response);
        });
        await registering;
        wire.ExpectNothing();
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_the_weaker_digest_is_tried_where_it_is_allowed()
    {
        using var password = new SipPassword("guess");
        var wire = WireOf(password);
        var registering = Register(wire);
        Challenge(wire, wire.ExpectRequest(SipMethod.Register), null);
        var context = _world.Server();
        Challenge(wire, wire.ExpectRequest(SipMethod.Register), context.Advance(default).Token);
        var token = TokenOf(wire.ExpectRequest(SipMethod.Register), out var third);
        Assert.Equal(SecurityContextStatus.Refused, context.Advance(token).Status);
        Challenge(wire, third, null);
        var refusal = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Contains("(NTLM: the server did not accept the user's name and password)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SipAuthenticationScheme.Ntlm, SipAuthenticationScheme.Digest, "NTLM")]
    [InlineData(SipAuthenticationScheme.Digest, SipAuthenticationScheme.Ntlm, "Digest")]
    [InlineData(SipAuthenticationScheme.Digest, SipAuthenticationScheme.Digest, "Digest")]
    public void The_order_is_that_of_the_options_whatever_the_servers_is(SipAuthenticationScheme first, SipAuthenticationScheme second, string expected)
    {
        using var password = new SipPassword(NtlmWorld.Password);
        var wire = WireOf(password, first, second);
        _ = Register(wire);
        wire.Answers(wire.ExpectRequest(SipMethod.Register), 401, edit: response =>
        {
            response.Headers.Add(HeaderName.WwwAuthenticate, $"Digest realm=\"{AssociationWorld.Realm}\", nonce=\"n\"");
            response.Headers.Add(HeaderName.WwwAuthenticate, $"NTLM realm=\"{AssociationWorld.Realm}\", targetname=\"{Target}\", version=4");
        });
        Assert.StartsWith(expected + " ", AssociationWorld.Text(wire.ExpectRequest(SipMethod.Register)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_in_a_realm_of_its_own_stands_in_the_place_of_ntlm_and_not_beside_it()
    {
        using var password = new SipPassword(NtlmWorld.Password);
        var wire = WireOf(password);
        var registering = Register(wire);
        OffersDigestToo(wire.ExpectRequest(SipMethod.Register), null);
        var second = wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("NTLM ", Assert.Single(second.Headers.GetAll(HeaderName.Authorization)), StringComparison.Ordinal);

        // What comes of NTLM is no use: only now the other is tried.
        OffersDigestToo(second, [1, 2, 3]);
        var third = wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("Digest ", Assert.Single(third.Headers.GetAll(HeaderName.Authorization)), StringComparison.Ordinal);
        wire.Answers(third, 403);
        await Assert.ThrowsAsync<SipException>(() => registering);

        void OffersDigestToo(SipRequest request, byte[]? token) => wire.Answers(request, 401, edit: response =>
        {
            response.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"contoso.test\", nonce=\"n\"");
            response.Headers.Add(HeaderName.WwwAuthenticate, ChallengeOf(token));
        });
    }

    [Fact]
    public async Task Without_any_scheme_a_challenge_is_a_refusal_that_says_so()
    {
        using var password = new SipPassword(NtlmWorld.Password);
        var wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials("alice", password)], AuthenticationSchemes = [] });
        var registering = Register(wire);
        Challenge(wire, wire.ExpectRequest(SipMethod.Register), null);
        Assert.Contains("the server offers NTLM", (await Assert.ThrowsAsync<SipException>(() => registering)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_a_name_is_no_user_of_ntlm()
    {
        using var password = new SipPassword(NtlmWorld.Password);
        var wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials(@"CONTOSO\", password)] });
        var registering = Register(wire);
        Challenge(wire, wire.ExpectRequest(SipMethod.Register), null);
        Assert.Contains("(NTLM: the user's name is empty", (await Assert.ThrowsAsync<SipException>(() => registering)).Message, StringComparison.Ordinal);
    }

    private static byte[]? TokenOf(SipRequest request, out SipRequest same)
    {
        same = request;
        Assert.True(AuthField.TryParse(request.Headers[HeaderName.Authorization], out var field));
        Assert.True(AssociationAnswer.TryRead(field, out var answer));
        return answer.Token;
    }

    private static void Challenge(PeerWire wire, SipRequest request, byte[]? token) => wire.Answers(request, 401, edit: response =>
        response.Headers.Add(HeaderName.WwwAuthenticate, ChallengeOf(token)));

    private static string ChallengeOf(byte[]? token) => new AssociationChallenge
    {
        Scheme = "NTLM",
        Realm = AssociationWorld.Realm,
        Target = Target,
        Version = 4,
        Opaque = token is null ? null : "0000000A",
        Token = token,
    }.ToField().ToString();

    private static Task<RegistrationResult> Register(PeerWire wire)
    {
        var registration = wire.Endpoint.Register(new() { Aor = AssociationWorld.Alice, Flow = wire.Flow, Contact = new(SipUri.Create("alice", "self.test")) });
        return wire.Do(() => registration.RegisterAsync());
    }

    private PeerWire WireOf(SipPassword password, params SipAuthenticationScheme[] schemes)
    {
        var options = new SipEndpointOptions { Credentials = [new SipCredentials(@"CONTOSO\alice", password)], TimeProvider = new AssociationWorld.FixedTime { Now = _world.Now } };
        return PeerWire.Reliable(schemes.Length == 0 ? options : options with { AuthenticationSchemes = schemes });
    }
}
