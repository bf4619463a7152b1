using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The handshakes of [MS-SIPAE] §4 on the wire, what follows them, and how they end.</summary>
public sealed class AssociationHandshakeTests : IDisposable
{
    private readonly AssociationWorld _world = new();

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_handshake_of_three_messages_is_said_as_the_specification_says_it()
    {
        var (_, registering) = _world.Register();
        var first = Wire.ExpectRequest(SipMethod.Register);
        Assert.False(first.Headers.Contains(HeaderName.Authorization));
        _world.Challenges(first, AssociationWorld.First());

        var second = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(
            "Plain qop=\"auth\", realm=\"SIP Communications Service\", targetname=\"fe.contoso.com\", gssapi-data=\"\", version=4", AssociationWorld.Text(second));
        Assert.Equal((first.CallId, first.CSeq!.Number + 1), (second.CallId, second.CSeq!.Number));
        _world.Challenges(second, AssociationWorld.Next("challenge"));

        var third = Wire.ExpectRequest(SipMethod.Register);
        Assert.Matches(
            "^Plain qop=\"auth\", opaque=\"1A2B3C4D\", realm=\"SIP Communications Service\", targetname=\"fe.contoso.com\", gssapi-data=\"cHJvb2Y=\", version=4, crand=\"[0-9a-f]{8}\", cnum=\"1\", response=\"[0-9a-f]{64}\"$",
            AssociationWorld.Text(third));
        Assert.Equal(["", "challenge"], _world.Begun.Single().Heard);
        using var server = AssociationWorld.Server();
        Assert.Equal(AssociationOutcome.Accepted, server.Check(third));
        _world.Answers(server, third, 200, response => AssociationWorld.Granted(third, response, 7200));
        Assert.Equal(TimeSpan.FromSeconds(7200), (await registering).Expires);
        Wire.ExpectNothing();
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(3, ", version=3")]
    public void Before_version_4_the_message_that_completes_the_handshake_is_not_signed_and_version_2_is_not_named(int version, string named)
    {
        _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First(version: version));
        var second = Wire.ExpectRequest(SipMethod.Register);
        Assert.EndsWith("gssapi-data=\"\"" + named, AssociationWorld.Text(second), StringComparison.Ordinal);
        _world.Challenges(second, AssociationWorld.Next("challenge", version: version));
        var third = Wire.ExpectRequest(SipMethod.Register);
        Assert.EndsWith("gssapi-data=\"cHJvb2Y=\"" + named, AssociationWorld.Text(third), StringComparison.Ordinal);
        using var server = AssociationWorld.Server(version: version);
        _world.Answers(server, third, 200, response => AssociationWorld.Granted(third, response, 7200));
        var next = Sends(Messages.Options(Wire));
        Assert.Contains("cnum=\"1\"", AssociationWorld.Text(next), StringComparison.Ordinal);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(next));
    }

    [Fact]
    public void A_version_higher_than_any_known_is_answered_with_the_highest_known()
    {
        _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First(version: 9));
        Assert.EndsWith("version=4", AssociationWorld.Text(Wire.ExpectRequest(SipMethod.Register)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_of_one_message_is_signed_at_once_and_learns_the_name_of_its_association_from_the_200()
    {
        _world.StrongContexts.Enqueue(new("client", "server", "ticket"));
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First(), AssociationWorld.First("Strong"));
        var register = Wire.ExpectRequest(SipMethod.Register);
        Assert.Matches("^Strong qop=\"auth\", realm=\"[^\"]+\", targetname=\"[^\"]+\", gssapi-data=\"dGlja2V0\", version=4, crand=\"[0-9a-f]{8}\", cnum=\"1\", ", AssociationWorld.Text(register));
        using var server = AssociationWorld.Server("0BADCAFE", scheme: "Strong");
        _world.Answers(server, register, 200, response => AssociationWorld.Granted(register, response, 7200));
        await registering;
        Assert.Contains("opaque=\"0BADCAFE\"", AssociationWorld.Text(Sends(Messages.Options(Wire))), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_on_the_flow_is_signed_and_verified_responses_too()
    {
        using var server = _world.SignsIn(out _);
        var options = Sends(Messages.Options(Wire));
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
        Assert.Equal(202, (await sending).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_what_was_tried()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge"));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        var refusal = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.EndsWith("401 Unauthorized (Plain: the server did not accept the user's name and password)", refusal.Message, StringComparison.Ordinal);
        Assert.True(_world.Begun.Single().IsDisposed);
        Assert.Equal(0, Wire.Do(() => Wire.Endpoint.Core.Credentials!.Count));
        // What was agreed on in vain protects nothing.
        Assert.Equal(0, Wire.Do(() => Wire.Endpoint.Core.Context.Protections.Count));
    }

    [Fact]
    public async Task The_refusal_of_the_register_is_believed_unsigned_while_the_handshake_runs_and_its_acceptance_is_not()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge"));
        var last = Wire.ExpectRequest(SipMethod.Register);
        Wire.Answers(last, 200, edit: response => AssociationWorld.Granted(last, response, 7200));
        Assert.False(registering.IsCompleted);
        Wire.Answers(last, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<SipException>(() => registering)).StatusCode);
    }

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
        _world.StrongContexts.Enqueue(new("client", "server", "ticket"));
        var (registration, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        var register = Wire.ExpectRequest(SipMethod.Register);
        using var server = AssociationWorld.Server(scheme: "Strong");
        _world.Answers(server, register, 200, response => AssociationWorld.Granted(register, response, 7200));
        await registering;
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
    public async Task A_registrar_that_was_satisfied_with_a_stronger_scheme_gets_no_weaker_one_in_another_realm()
    {
        _world.StrongContexts.Enqueue(new("client", "server", "ticket"));
        var (registration, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"));
        var register = Wire.ExpectRequest(SipMethod.Register);
        using var server = AssociationWorld.Server(scheme: "Strong");
        _world.Answers(server, register, 200, response => AssociationWorld.Granted(register, response, 7200));
        await registering;
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
        Assert.Contains("lower version", (await Assert.ThrowsAsync<SipException>(() => registering)).Message, StringComparison.Ordinal);
    }

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
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(Sends(Messages.Options(Wire))));
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
        Assert.Equal(AssociationOutcome.Accepted, server.Check(Sends(Messages.Options(Wire))));
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
        Assert.Equal(AssociationOutcome.Accepted, newer.Check(Sends(Messages.Options(Wire))));
        _world.Says(server, Messages.FromPeer("OPTIONS", branch: "z9hG4bKc", callId: "c"));
        Wire.ExpectNothing();
        Wire.AdvanceToJustBefore(AssociationScheme.MaxLife - AssociationScheme.Margin);
        Wire.Tick();
        Assert.False(Last(SipMethod.Register).Headers.Contains(HeaderName.Authorization));
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
    public async Task Requests_that_are_challenged_in_the_middle_of_anothers_handshake_wait_for_its_end()
    {
        var first = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var second = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var (one, two) = (Wire.ExpectRequest(SipMethod.Options), Wire.ExpectRequest(SipMethod.Options));
        _world.Challenges(one, AssociationWorld.First());
        one = Wire.ExpectRequest(SipMethod.Options);
        _world.Challenges(two, AssociationWorld.First());
        Wire.ExpectNothing();
        _world.Challenges(one, AssociationWorld.Next("challenge"));
        one = Wire.ExpectRequest(SipMethod.Options);
        Wire.ExpectNothing();
        using var server = AssociationWorld.Server();
        Assert.Equal(AssociationOutcome.Accepted, server.Check(one));
        _world.Answers(server, one, 200);
        two = Wire.ExpectRequest(SipMethod.Options);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(two));
        Assert.DoesNotContain("gssapi-data", AssociationWorld.Text(two), StringComparison.Ordinal);
        _world.Answers(server, two, 200);
        Assert.Equal((200, 200), ((await first).StatusCode, (await second).StatusCode));
        Assert.Single(_world.Begun);
    }

    [Fact]
    public async Task Those_who_wait_for_a_handshake_that_fails_have_their_challenge_and_try_no_password_again()
    {
        var first = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var second = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var (one, two) = (Wire.ExpectRequest(SipMethod.Options), Wire.ExpectRequest(SipMethod.Options));
        _world.Challenges(one, AssociationWorld.First());
        one = Wire.ExpectRequest(SipMethod.Options);
        _world.Challenges(two, AssociationWorld.First());
        _world.Challenges(one, AssociationWorld.Next("challenge"));
        _world.Challenges(Wire.ExpectRequest(SipMethod.Options), AssociationWorld.First());
        Assert.Equal((401, 401), ((await first).StatusCode, (await second).StatusCode));
        Wire.ExpectNothing();
        Assert.Single(_world.Begun);
    }

    [Fact]
    public async Task A_handshake_that_nobody_answers_holds_up_no_other()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        Wire.ExpectRequest(SipMethod.Register);
        Wire.Advance(64 * Messages.T1);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => registering)).Failure);
        Assert.True(_world.Begun.Single().IsDisposed);
        using var server = _world.SignsIn(out var registration);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public async Task A_register_that_is_refused_at_the_end_of_its_handshake_leaves_nothing_behind()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge"));
        Wire.Answers(Wire.ExpectRequest(SipMethod.Register), 503);
        Assert.Equal(503, (await Assert.ThrowsAsync<SipException>(() => registering)).StatusCode);
        Assert.Equal(0, Wire.Do(() => Wire.Endpoint.Core.Context.Protections.Count));
        using var server = _world.SignsIn(out var registration);
        Assert.Equal(RegistrationState.Registered, registration.State);
    }

    [Fact]
    public void A_server_in_the_words_and_letters_of_lync_2013()
    {
        _world.Register();
        var first = Wire.ExpectRequest(SipMethod.Register);
        Challenge(
            first,
            "WWW-Authenticate: Plain realm=\"SIP Communications Service\", targetname=\"FE.contoso.com\", version=4",
            "WWW-Authenticate: TLS-DSK realm=\"SIP Communications Service\", targetname=\"FE.contoso.com\", version=4, sts-uri=\"https://FE.contoso.com:443/CertProv/CertProvisioningService.svc\"");
        var second = Wire.ExpectRequest(SipMethod.Register);
        Challenge(
            second, "WWW-Authenticate: Plain opaque=\"1A2B3C4D\", gssapi-data=\"Y2hhbGxlbmdl\", targetname=\"FE.contoso.com\", realm=\"SIP Communications Service\", version=4");
        var third = Wire.ExpectRequest(SipMethod.Register);
        Assert.Contains("targetname=\"FE.contoso.com\"", AssociationWorld.Text(third), StringComparison.Ordinal);
        var granted = SignatureTextTests.Parse(
            $"""
            SIP/2.0 200 OK
            FROM: {third.Headers[HeaderName.From]}
            TO: {third.Headers[HeaderName.To]};tag=A1
            CALL-ID: {third.CallId}
            CSEQ: {third.CSeq}
            VIA: {third.Headers[HeaderName.Via]};ms-received-port=1;ms-received-cid=2600
            CONTACT: {third.Headers[HeaderName.Contact]};expires=7200
            Expires: 7200
            CONTENT-LENGTH: 0
            """);
        var code = new System.Buffers.ArrayBufferWriter<byte>();
        new KeyedContext("server", "client").Sign(
            Encoding.UTF8.GetBytes(
                $"<Plain><9616454F><7><SIP Communications Service><FE.contoso.com><{third.CallId}><{third.CSeq!.Number}><REGISTER><sip:alice@contoso.com><{third.From!.Tag}><sip:alice@contoso.com><A1><><><7200><200>"),
            code);
        granted.Headers.Add(
            HeaderName.AuthenticationInfo,
            $"Plain rspauth=\"{Convert.ToHexString(code.WrittenSpan)}\", srand=\"9616454F\", snum=\"7\", opaque=\"1A2B3C4D\", qop=\"auth\", targetname=\"FE.contoso.com\", realm=\"SIP Communications Service\"");
        Wire.Says(granted);
        Assert.Equal(1, Wire.Counts.Registrations);
        Assert.Equal(AssociationOutcome.Accepted, AssociationWorld.Server().Check(Sends(Messages.Options(Wire))));

        void Challenge(SipRequest request, params string[] lines) => Wire.Says(
            $"""
            SIP/2.0 401 Unauthorized
            Date: Tue, 24 Oct 2017 13:28:50 GMT
            {string.Join('\n', lines)}
            From: {request.Headers[HeaderName.From]}
            To: {request.Headers[HeaderName.To]};tag=B2
            Call-ID: {request.CallId}
            CSeq: {request.CSeq}
            Via: {request.Headers[HeaderName.Via]};ms-received-port=1;ms-received-cid=2600
            Server: RTC/5.0
            """);
    }

    [Fact]
    public void An_answer_that_is_repeated_is_signed_once()
    {
        using var server = _world.SignsIn(out _);
        Wire.Endpoint.RequestReceived = incoming => _ = incoming.CreateInviteSession().AcceptAsync("", default);
        _world.Says(server, Messages.FromPeer("INVITE"));
        var (answer, again) = (Last(200), 0);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(answer));
        Wire.Advance(Messages.T1);
        while (Wire.Unread > 0)
        {
            Assert.Equal(answer.ToBytes(), Wire.ExpectAny().ToBytes());
            again++;
        }

        Assert.NotEqual(0, again);
    }

    private SipResponse Last(int status)
    {
        SipResponse? last = null;
        while (Wire.Unread > 0)
        {
            last = Wire.ExpectAny() is SipResponse response && response.StatusCode == status ? response : last;
        }

        return last ?? throw new InvalidOperationException($"No {status} was sent.");
    }

    private SipRequest Sends(SipRequest request)
    {
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(request, Wire.Flow));
        return Last(request.Method);
    }

    // What timers sent meanwhile, repetitions and their end, is not what is asked for.
    private SipRequest Last(SipMethod method)
    {
        SipRequest? last = null;
        while (Wire.Unread > 0)
        {
            last = Wire.ExpectAny() is SipRequest request && request.Method == method ? request : last;
        }

        return last ?? throw new InvalidOperationException($"No {method} was sent.");
    }
}
