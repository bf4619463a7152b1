namespace UcSdk.Sip.Tests;

/// <summary>Which scheme and which version is taken of what a server offers, and what is no longer taken of one that had better.</summary>
public sealed class AssociationChoiceTests : IDisposable
{
    private readonly AssociationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_next_scheme_is_tried_where_one_fails_and_the_last_refusal_tells_of_all()
    {
        _world.StrongContexts.Enqueue(new("c", "s", "!no ticket"));
        _world.Contexts.Clear();
        _world.Contexts.Enqueue(new("c", "s", "", "!the challenge has no timestamp"));
        var (_, registering) = _world.Register();
        string[] offers = [AssociationWorld.First("Strong"), AssociationWorld.First(), "Digest realm=\"SIP Communications Service\", nonce=\"n\""];
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), offers);
        var plain = Wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("Plain ", AssociationWorld.Text(plain), StringComparison.Ordinal);
        _world.Challenges(plain, AssociationWorld.Next("challenge"), offers[2]);
        var digest = Wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("Digest ", Assert.Single(digest.Headers.GetAll(HeaderName.Authorization)), StringComparison.Ordinal);
        _world.Challenges(digest, "Digest realm=\"SIP Communications Service\", nonce=\"m\"");
        var refusal = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.EndsWith(
            "(Strong: no ticket; Plain: the challenge has no timestamp; Digest: the server did not accept the user's name and password)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_here_can_answer_is_named()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), "TLS-DSK realm=\"r\", targetname=\"t\"", "Basic realm=\"r\"");
        var refusal = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Contains("the server offers TLS-DSK, Basic", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_satisfied_with_a_stronger_scheme_gets_no_weaker_one()
    {
        using var server = _world.SignsInStrongly(out var registration);
        var sending = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Options), AssociationWorld.First());
        Assert.Equal(401, (await sending).StatusCode);
        Assert.Contains("Plain: weaker than Strong", (await sending).Tried, StringComparison.Ordinal);
        // And nothing unsigned is believed because of it.
        Wire.Says(Messages.FromPeer("OPTIONS"));
        Wire.ExpectNothing();
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public void A_registrar_that_was_satisfied_with_a_stronger_scheme_gets_no_weaker_one_in_another_realm()
    {
        using var server = _world.SignsInStrongly(out var registration);
        _ = Wire.Do(() => registration.UnregisterAsync());
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 401, edit: response =>
            response.Headers.Add(HeaderName.WwwAuthenticate, AssociationWorld.First(realm: "elsewhere")));
        Wire.ExpectNothing();
    }

    [Fact]
    public async Task A_server_that_had_a_higher_version_is_not_answered_in_a_lower_one()
    {
        using var server = _world.SignsIn(out _);
        var sending = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Options), AssociationWorld.First(version: 3));
        Assert.Contains("lower version", (await sending).Tried, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_lowers_its_version_within_a_handshake_is_refused()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge", version: 2));
        Assert.Contains("went back from version 4 to 2", (await Assert.ThrowsAsync<SipException>(() => registering)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 9)]
    public async Task A_version_that_somebody_made_up_does_not_keep_a_user_from_the_servers_own(int version, int madeUp)
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First(version: madeUp));
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 403);
        Assert.True(registering.IsFaulted);

        _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First(version: version));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge", version: version));
        using var server = AssociationWorld.Server(version: version);
        var last = Wire.ExpectRequest(SipMethod.Register);
        _world.Answers(server, last, 200, response => AssociationWorld.Granted(last, response, 7200));
        // Once it is proven it binds.
        Wire.ExpectNothing();
        var sending = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Options), AssociationWorld.First(version: version - 1));
        Assert.Equal(401, (await sending).StatusCode);
        Assert.Contains("lower version", (await sending).Tried, StringComparison.Ordinal);
    }
}
