namespace UcSdk.Sip.Tests;

/// <summary>What is signed and verified on a flow that has an association, or two ([MS-SIPAE] §§3.2.4, 3.2.5).</summary>
public sealed class SignedFlowTests : IDisposable
{
    private readonly AssociationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Everything_on_the_flow_is_signed_and_verified_responses_too()
    {
        using var server = _world.SignsIn(out _);
        var options = _world.Sends(Messages.Options(Wire));
        Assert.Equal(AssociationOutcome.Accepted, server.Check(options));
        _world.Answers(server, options, 200);
        Wire.Says(Messages.FromPeer("OPTIONS"));
        Wire.ExpectNothing();
        _world.Says(server, Messages.FromPeer("OPTIONS"));
        var answer = Wire.ExpectResponse(200);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(answer));
        Assert.Contains("cnum=\"3\"", AssociationWorld.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Ack_and_cancel_of_an_invite_have_signatures_of_their_own()
    {
        using var server = _world.SignsIn(out _);
        var invite = Wire.Do(() => Wire.Endpoint.Invite(Messages.Invite(Wire), new() { Flow = Wire.Flow }));
        var request = Wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(request));
        _world.Answers(server, request, 180);
        _ = Wire.Do(() => invite.CancelAsync());
        var cancel = Wire.ExpectRequest(SipMethod.Cancel);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(cancel));
        Assert.Single(cancel.Headers.GetAll(HeaderName.Authorization));
        _world.Answers(server, cancel, 200);
        _world.Answers(server, request, 487);
        var ack = Wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(ack));
        Assert.Single(ack.Headers.GetAll(HeaderName.Authorization));
    }

    [Fact]
    public void The_ack_of_a_2xx_and_requests_in_the_dialog_are_signed_and_a_repeated_2xx_gets_the_same_ack()
    {
        using var server = _world.SignsIn(out _);
        var invite = Wire.Do(() => Wire.Endpoint.Invite(Messages.Invite(Wire), new() { Flow = Wire.Flow }));
        var request = Wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(request));
        _world.Answers(server, request, 200);
        var ack = Wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(ack));
        _world.Answers(server, request, 200);
        Assert.Equal(ack.ToBytes(), Wire.ExpectRequest(SipMethod.Ack).ToBytes());
        _ = Wire.Do(() => invite.ByeAsync());
        Assert.Equal(AssociationOutcome.Accepted, server.Check(Wire.ExpectRequest(SipMethod.Bye)));
    }

    [Fact]
    public async Task An_unsigned_or_altered_response_never_came_and_the_log_says_why()
    {
        using var server = _world.SignsIn(out _);
        var sending = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var request = Wire.ExpectRequest(SipMethod.Options);
        Wire.Answers(request, 200);
        Assert.False(sending.IsCompleted);
        var altered = request.CreateResponse(404, null, "t");
        server.Protect(altered);
        altered.Headers[HeaderName.To] = altered.Headers[HeaderName.To] + "x";
        Wire.Says(altered);
        Assert.False(sending.IsCompleted);
        _world.Answers(server, request, 202);
        Assert.Equal((202, true), ((await sending).StatusCode, (await sending).IsVouchedFor));
    }

    [Fact]
    public async Task An_edge_and_the_registrar_behind_it_have_an_association_each()
    {
        _world.StrongContexts.Enqueue(new("client", "server", "ticket"));
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), ChallengeKind.Proxy, AssociationWorld.First("Strong", realm: "edge"));
        var first = Wire.ExpectRequest(SipMethod.Register);
        using var edge = AssociationWorld.Server("ED6E", scheme: "Strong", kind: ChallengeKind.Proxy, realm: "edge");
        Assert.Equal(AssociationOutcome.Accepted, edge.Check(first));
        Wire.Answers(first, 401, edit: response =>
        {
            response.Headers.Add(HeaderName.WwwAuthenticate, AssociationWorld.First());
            edge.Protect(response);
        });
        var second = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(AssociationOutcome.Accepted, edge.Check(second));
        Wire.Answers(second, 401, edit: response =>
        {
            response.Headers.Add(HeaderName.WwwAuthenticate, AssociationWorld.Next("challenge"));
            edge.Protect(response);
        });
        var third = Wire.ExpectRequest(SipMethod.Register);
        using var registrar = AssociationWorld.Server();
        Assert.Equal((AssociationOutcome.Accepted, AssociationOutcome.Accepted), (edge.Check(third), registrar.Check(third)));
        Assert.Equal((1, 1), (third.Headers.GetAll(HeaderName.Authorization).Count(), third.Headers.GetAll(HeaderName.ProxyAuthorization).Count()));
        Wire.Answers(third, 200, edit: response =>
        {
            AssociationWorld.Granted(third, response, 7200);
            registrar.Protect(response);
            edge.Protect(response);
        });
        await registering;
        // What the Edge says by itself only the Edge has signed; what neither has signed, and what one has signed wrongly, nobody has said.
        _world.Says(edge, Messages.FromPeer("OPTIONS", branch: "z9hG4bKa", callId: "a"));
        var answer = Wire.ExpectResponse(200);
        Assert.Equal((AssociationOutcome.Accepted, AssociationOutcome.Accepted), (edge.Check(answer), registrar.Check(answer)));
        Wire.Says(Messages.FromPeer("OPTIONS", branch: "z9hG4bKb", callId: "b"));
        Wire.ExpectNothing();
        var half = SignatureTextTests.Parse(Messages.FromPeer("OPTIONS", branch: "z9hG4bKc", callId: "c"));
        registrar.Protect(half);
        half.Headers[HeaderName.CallId] = "d";
        edge.Protect(half);
        Wire.Says(half);
        Wire.ExpectNothing();
    }

    [Fact]
    public void Every_fork_of_an_invite_answers_under_the_servers_one_association()
    {
        using var server = _world.SignsIn(out _);
        _ = Wire.Do(() => Wire.Endpoint.Invite(Messages.Invite(Wire), new() { Flow = Wire.Flow }));
        var request = Wire.ExpectRequest(SipMethod.Invite);
        foreach (var tag in new[] { "one", "two" })
        {
            Wire.Answers(request, 200, tag, server.Protect);
            var ack = Wire.ExpectRequest(SipMethod.Ack);
            Assert.Equal((tag, AssociationOutcome.Accepted), (ack.To!.Tag, server.Check(ack)));
        }
    }

    [Fact]
    public void An_answer_that_is_repeated_is_signed_once()
    {
        using var server = _world.SignsIn(out _);
        Wire.Endpoint.RequestReceived = incoming => _ = incoming.CreateInviteSession().AcceptAsync("", default);
        _world.Says(server, Messages.FromPeer("INVITE"));
        var (answer, again) = (_world.Last(200), 0);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(answer));
        Wire.Advance(Messages.T1);
        while (Wire.Unread > 0)
        {
            Assert.Equal(answer.ToBytes(), Wire.ExpectAny().ToBytes());
            again++;
        }

        Assert.NotEqual(0, again);
    }
}
