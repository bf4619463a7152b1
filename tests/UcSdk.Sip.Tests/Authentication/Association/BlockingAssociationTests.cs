namespace UcSdk.Sip.Tests;

/// <summary>A handshake whose one message has to be asked for elsewhere, as a ticket is, and what comes of it: an association, another scheme, or nothing.</summary>
public sealed class BlockingAssociationTests : IDisposable
{
    private readonly HeldWork _kdc = new();
    private readonly AssociationWorld _world;

    public BlockingAssociationTests() => _world = new(_kdc);

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_register_goes_out_with_the_ticket_and_its_signature()
    {
        var registering = Begin("ticket");
        Wire.ExpectNothing();
        Wire.Do(_kdc.EndNext);
        var register = Wire.ExpectRequest(SipMethod.Register);
        using var server = AssociationWorld.Server(scheme: "Strong");
        Assert.Equal(AssociationOutcome.Accepted, server.Check(register));
        _world.Answers(server, register, 200, response => AssociationWorld.Granted(register, response, 7200));
        Assert.Equal(TimeSpan.FromSeconds(7200), (await registering).Expires);
    }

    [Fact]
    public async Task Without_a_ticket_the_next_scheme_is_tried_and_the_refusal_tells_of_both()
    {
        var registering = Begin("!no ticket");
        Wire.Do(_kdc.EndNext);
        await RefusedInPlain(registering, "Strong: no ticket; Plain: the server did not accept the user's name and password");
        Assert.True(_world.Begun[0].IsDisposed);
    }

    [Fact]
    public async Task A_ticket_that_does_not_come_is_waited_for_as_long_as_an_answer_and_then_the_next_scheme_is_tried()
    {
        var registering = Begin("ticket");
        Wire.AdvanceToJustBefore(64 * Messages.T1);
        Wire.ExpectNothing();
        Wire.Tick();
        await RefusedInPlain(registering, "Strong: nobody answered in time whom it had to ask; Plain: the server did not accept the user's name and password");
        // What comes too late is nobody's.
        Assert.False(_world.Begun[0].IsDisposed);
        Wire.Do(_kdc.EndNext);
        Assert.True(_world.Begun[0].IsDisposed);
        Wire.ExpectNothing();
    }

    [Fact]
    public async Task The_end_of_the_flow_is_the_end_of_the_handshake_and_its_keys_are_cleared_when_the_step_comes_back()
    {
        var registering = Begin("ticket");
        Wire.Breaks();
        Assert.Equal(SipFailure.FlowClosed, (await Assert.ThrowsAsync<SipException>(() => registering)).Failure);
        Wire.Do(_kdc.EndNext);
        Assert.True(_world.Begun.Single().IsDisposed);
        Wire.ExpectNothing();
    }

    private Task<RegistrationResult> Begin(string token)
    {
        _world.StrongContexts.Enqueue(new("client", "server", token) { MayBlock = true });
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        return registering;
    }

    private async Task RefusedInPlain(Task registering, string tried)
    {
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge"));
        var last = Wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("Plain ", AssociationWorld.Text(last), StringComparison.Ordinal);
        _world.Challenges(last, AssociationWorld.First("Strong"), AssociationWorld.First());
        Assert.EndsWith($"({tried})", (await Assert.ThrowsAsync<SipException>(() => registering)).Message, StringComparison.Ordinal);
    }
}
