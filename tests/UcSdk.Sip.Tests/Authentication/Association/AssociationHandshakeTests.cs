using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The handshakes of [MS-SIPAE] §4 on the wire, and how they end.</summary>
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
        var next = _world.Sends(Messages.Options(Wire));
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
        Assert.Contains("opaque=\"0BADCAFE\"", AssociationWorld.Text(_world.Sends(Messages.Options(Wire))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_what_was_tried()
    {
        var (_, registering) = _world.Register();
        _world.Challenges(_world.Proof(), AssociationWorld.First());
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
        var last = _world.Proof();
        Wire.Answers(last, 200, edit: response => AssociationWorld.Granted(last, response, 7200));
        Assert.False(registering.IsCompleted);
        Wire.Answers(last, 403);
        var refusal = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal((403, false), (refusal.StatusCode, refusal.Response!.IsVouchedFor));
    }

    [Fact]
    public async Task Requests_that_are_challenged_in_the_middle_of_anothers_handshake_wait_for_its_end()
    {
        var (first, second, one) = SendsTwo();
        Wire.ExpectNothing();
        _world.Challenges(one, AssociationWorld.Next("challenge"));
        one = Wire.ExpectRequest(SipMethod.Options);
        Wire.ExpectNothing();
        using var server = AssociationWorld.Server();
        Assert.Equal(AssociationOutcome.Accepted, server.Check(one));
        _world.Answers(server, one, 200);
        var two = Wire.ExpectRequest(SipMethod.Options);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(two));
        Assert.DoesNotContain("gssapi-data", AssociationWorld.Text(two), StringComparison.Ordinal);
        _world.Answers(server, two, 200);
        Assert.Equal((200, 200), ((await first).StatusCode, (await second).StatusCode));
        Assert.Single(_world.Begun);
    }

    [Fact]
    public async Task Those_who_wait_for_a_handshake_that_fails_have_their_challenge_and_try_no_password_again()
    {
        var (first, second, one) = SendsTwo();
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
        Wire.Answers(_world.Proof(), 503);
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
        Assert.Equal(AssociationOutcome.Accepted, AssociationWorld.Server().Check(_world.Sends(Messages.Options(Wire))));

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

    // The first has begun its handshake, and the second was challenged meanwhile.
    private (Task<SipResponse> First, Task<SipResponse> Second, SipRequest One) SendsTwo()
    {
        var first = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var second = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        var (one, two) = (Wire.ExpectRequest(SipMethod.Options), Wire.ExpectRequest(SipMethod.Options));
        _world.Challenges(one, AssociationWorld.First());
        one = Wire.ExpectRequest(SipMethod.Options);
        _world.Challenges(two, AssociationWorld.First());
        return (first, second, one);
    }
}
