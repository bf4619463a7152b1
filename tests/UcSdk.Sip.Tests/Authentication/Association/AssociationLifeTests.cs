namespace UcSdk.Sip.Tests;

/// <summary>How long an association holds, and what takes its place ([MS-SIPAE] §3.2.2).</summary>
public sealed class AssociationLifeTests : IDisposable
{
    private readonly AssociationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_refresh_is_signed_and_one_that_is_challenged_ends_in_a_new_association()
    {
        using var server = _world.SignsIn(out var registration, expires: 600);
        Wire.Advance(TimeSpan.FromSeconds(480));
        var refresh = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(refresh));
        _world.Challenges(refresh, AssociationWorld.First());
        var second = Wire.ExpectRequest(SipMethod.Register);
        Assert.DoesNotContain("opaque", AssociationWorld.Text(second), StringComparison.Ordinal);
        // Until the new keys are there the old ones still say what is believed.
        Wire.Says(Messages.FromPeer("OPTIONS"));
        Wire.ExpectNothing();
        _world.Challenges(second, AssociationWorld.Next("again", "00000002"));
        var third = Wire.ExpectRequest(SipMethod.Register);
        using var newer = AssociationWorld.Server("00000002");
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(third));
        _world.Answers(newer, third, 200, response => AssociationWorld.Granted(third, response, 600));
        Assert.Equal((RegistrationState.Registered, true, false), (registration.State, _world.Begun[0].IsDisposed, _world.Begun[1].IsDisposed));
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(_world.Sends(Messages.Options(Wire))));
    }

    [Fact]
    public async Task A_server_that_challenges_what_it_has_just_agreed_on_is_not_answered_for_ever()
    {
        using var server = _world.SignsIn(out _, expires: 600);
        var sending = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var rounds = 0;
        while (!sending.IsCompleted)
        {
            var request = Wire.ExpectRequest(SipMethod.Options);
            Assert.InRange(++rounds, 1, CredentialCache.MaxRounds + 1);
            _world.Challenges(request, AssociationWorld.Text(request).Contains("gssapi-data=\"\"", StringComparison.Ordinal) ? AssociationWorld.Next("challenge", "00000002") : AssociationWorld.First());
        }

        Assert.Equal(401, (await sending).StatusCode);
        Assert.Equal(3, rounds);
    }

    [Fact]
    public void Eight_hours_less_five_minutes_after_it_was_made_an_association_is_replaced_and_nobody_notices()
    {
        using var server = _world.SignsIn(out var registration);
        var changes = new List<RegistrationStateChange>();
        registration.StateChanged += changes.Add;
        Wire.AdvanceToJustBefore(AssociationScheme.MaxLife - AssociationScheme.Margin);
        Wire.ExpectNothing();
        Wire.Tick();
        var register = Wire.ExpectRequest(SipMethod.Register);
        Assert.False(register.Headers.Contains(HeaderName.Authorization));
        // Meanwhile the old association does its work.
        Assert.Equal(AssociationOutcome.Accepted, server.Check(_world.Sends(Messages.Options(Wire))));
        _world.Says(server, Messages.FromPeer("OPTIONS", branch: "z9hG4bKa", callId: "a"));
        Assert.Equal(AssociationOutcome.Accepted, server.Check(Wire.ExpectResponse(200)));
        _world.Challenges(register, AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge", "00000002"));
        var last = Wire.ExpectRequest(SipMethod.Register);
        _world.Says(server, Messages.FromPeer("OPTIONS", branch: "z9hG4bKb", callId: "b"));
        Assert.Equal(AssociationOutcome.Accepted, server.Check(Wire.ExpectResponse(200)));
        using var newer = AssociationWorld.Server("00000002");
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(last));
        _world.Answers(newer, last, 200, response => AssociationWorld.Granted(last, response, 36000));
        Assert.Equal([RegistrationReason.Refreshed], changes.Select(change => change.Reason));
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(_world.Sends(Messages.Options(Wire))));
        _world.Says(server, Messages.FromPeer("OPTIONS", branch: "z9hG4bKc", callId: "c"));
        Wire.ExpectNothing();
        Wire.AdvanceToJustBefore(AssociationScheme.MaxLife - AssociationScheme.Margin);
        Wire.Tick();
        Assert.False(_world.Last(SipMethod.Register).Headers.Contains(HeaderName.Authorization));
    }

    [Theory]
    [InlineData(120, 115)]
    [InlineData(11, 6)]
    [InlineData(10, 5)]
    [InlineData(4, 2)]
    public void An_association_does_not_outlive_its_keys(int minutes, int renewed)
    {
        _world.Contexts.Clear();
        _world.Contexts.Enqueue(AssociationWorld.Three(_world.Time.Now + TimeSpan.FromMinutes(minutes)));
        using var server = _world.SignsIn(out _);
        Wire.AdvanceToJustBefore(TimeSpan.FromMinutes(renewed));
        Wire.ExpectNothing();
        Wire.Tick();
        Assert.False(Wire.ExpectRequest(SipMethod.Register).Headers.Contains(HeaderName.Authorization));
    }

    // Kerberos of the platform tells no end: the options do.
    [Theory]
    [InlineData(60, 55)]
    [InlineData(8, 4)]
    public void An_association_does_not_outlive_what_the_options_say(int minutes, int renewed)
    {
        using var world = new AssociationWorld(lifetime: TimeSpan.FromMinutes(minutes));
        using var server = world.SignsIn(out _);
        world.Wire.AdvanceToJustBefore(TimeSpan.FromMinutes(renewed));
        world.Wire.ExpectNothing();
        world.Wire.Tick();
        Assert.False(world.Wire.ExpectRequest(SipMethod.Register).Headers.Contains(HeaderName.Authorization));
    }

    [Fact]
    public void The_options_name_no_longer_life_than_the_specification_and_none_that_is_over()
    {
        Assert.Equal(AssociationScheme.MaxLife, new SipEndpointOptions().AssociationLifetime);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipEndpointOptions { AssociationLifetime = AssociationScheme.MaxLife + TimeSpan.FromTicks(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipEndpointOptions { AssociationLifetime = TimeSpan.Zero });
        // And it reaches the schemes.
        var schemes = ClientSchemes.Of(new() { AssociationLifetime = TimeSpan.FromHours(1) }, new UcSdk.Core.SeededRandomSource(1));
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromHours(1)], schemes.OfType<AssociationScheme>().Select(scheme => scheme.Lifetime));
    }

    [Fact]
    public void The_association_ends_with_its_flow()
    {
        using var server = _world.SignsIn(out _);
        Wire.Breaks();
        Assert.True(_world.Begun.Single().IsDisposed);
        Assert.Equal(0, Wire.Do(() => Wire.Endpoint.Core.Context.Protections.Count));
        var other = Wire.Connect("peer.test");
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), other));
        Assert.False(Wire.ExpectRequest(SipMethod.Options, other).Headers.Contains(HeaderName.Authorization));
    }
}
