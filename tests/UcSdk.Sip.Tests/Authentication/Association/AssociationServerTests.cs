using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// An endpoint that demands associations by a scheme made up for the test: <c>Keyed</c> in as many rounds as it is told, whose tokens are texts and whose signatures are
/// HMACs. Limits, ends, and what becomes of keys; NTLM's own conversations are the server's.
/// </summary>
public sealed class AssociationServerTests : IAssociationUsers, IDisposable
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<Steps> _contexts = [];
    private readonly List<string> _refusals = [];
    private readonly DateTimeOffset _noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private AssociationServer _server = null!;
    private int _rounds = 2;
    private TimeSpan? _ticket;
    private int _seen;
    private uint _cseq;

    public AssociationServerTests() => Serve(new());

    public void Dispose() => _server.Dispose();

    [Fact]
    public void One_round_is_enough_for_a_scheme_that_needs_no_more_and_the_answer_names_the_association()
    {
        _rounds = 1;
        var association = SignIn(_wire.Flow);
        Assert.Equal((1, 0, 1), (_seen, _server.Handshakes, _server.Associations));
        Assert.NotNull(association);
    }

    [Fact]
    public void Rounds_have_a_limit()
    {
        Serve(new() { MaxRounds = 2 });
        _rounds = 2;
        SignIn(_wire.Flow);
        _rounds = 3;
        var other = _wire.Connect("other.test");
        Ask(other, null);
        _wire.ExpectResponse(401, other);
        var opaque = Next(other, null, "one");
        Ask(other, Field(opaque, "two"));
        Assert.Null(TokenOf(_wire.ExpectResponse(401, other)));
        Assert.Equal("OPTIONS 401 its handshake takes too many rounds", _refusals[^1]);
        Assert.Equal(0, _server.Handshakes);
        Assert.True(_contexts[^1].IsDisposed);
    }

    [Fact]
    public void Handshakes_of_all_connections_have_a_limit_and_the_oldest_makes_room()
    {
        Serve(new() { MaxHandshakes = 2 });
        var flows = Enumerable.Range(0, 3).Select(n => _wire.Connect($"peer{n}.test")).ToArray();
        var opaques = flows.Select(flow => Begin(flow)).ToArray();
        Assert.Equal(2, _server.Handshakes);
        Assert.Equal([true, false, false], _contexts.Select(context => context.IsDisposed));
        Ask(flows[0], Field(opaques[0], "end"));
        _wire.ExpectResponse(401, flows[0]);
        Assert.Equal("OPTIONS 401 its handshake is unknown", _refusals[^1]);
        Finish(flows[1], opaques[1]);
        Assert.Equal((1, 1), (_server.Handshakes, _server.Associations));
    }

    [Fact]
    public void Users_of_one_connection_have_a_limit_and_the_oldest_makes_room()
    {
        Serve(new() { MaxAssociationsPerFlow = 2 });
        _rounds = 1;
        SignIn(_wire.Flow, "alice");
        SignIn(_wire.Flow, "bob");
        Assert.Equal(2, _server.Associations);
        SignIn(_wire.Flow, "carol");
        Assert.Equal(2, _server.Associations);
        Assert.Equal([true, false, false], _contexts.Select(context => context.IsDisposed));
        SignIn(_wire.Flow, "carol");
        Assert.Equal([true, false, true, false], _contexts.Select(context => context.IsDisposed));
    }

    [Fact]
    public void An_association_ends_with_the_ticket_to_the_tick()
    {
        _rounds = 1;
        _ticket = TimeSpan.FromMinutes(10);
        var association = SignIn(_wire.Flow);
        _wire.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Signed(association);
        _wire.ExpectResponse(200);
        _wire.Tick();
        Signed(association);
        Assert.Equal(2, _seen);
        _wire.ExpectResponse(401);
        Assert.True(_contexts[0].IsDisposed);
        // What was guarded stays guarded.
        Ask(_wire.Flow, null);
        _wire.ExpectResponse(401);
        Assert.Equal(2, _seen);
    }

    [Fact]
    public void Keys_and_handshakes_end_with_their_connection()
    {
        _rounds = 1;
        SignIn(_wire.Flow);
        _rounds = 2;
        var other = _wire.Connect("other.test");
        Begin(other);
        _wire.Do(() => _server.CloseFlow(_wire.Flow));
        Assert.Equal([true, false], _contexts.Select(context => context.IsDisposed));
        _wire.Do(() => _server.CloseFlow(other));
        Assert.Equal((0, 0, true), (_server.Handshakes, _server.Associations, _contexts[1].IsDisposed));
    }

    [Fact]
    public void Disposal_clears_everything()
    {
        _rounds = 1;
        SignIn(_wire.Flow);
        _rounds = 2;
        Begin(_wire.Connect("other.test"));
        _wire.Do(_server.Dispose);
        Assert.All(_contexts, context => Assert.True(context.IsDisposed));
    }

    [Fact]
    public void Datagrams_get_no_association()
    {
        var wire = PeerWire.Datagram();
        Assert.Null(_server.Watch(wire.Flow));
    }

    [Fact]
    public void A_challenge_names_the_version_only_where_there_is_one_to_name()
    {
        Serve(new() { Version = 2, MinimumVersion = 2 });
        Ask(_wire.Flow, null);
        Assert.Equal("Keyed realm=\"SIP Communications Service\", targetname=\"self.test\"", _wire.ExpectResponse(401).Headers[HeaderName.WwwAuthenticate]);
    }

    [Fact]
    public void Malformed_requests_are_refused_as_such()
    {
        _rounds = 1;
        SignIn(_wire.Flow);
        _wire.SaysBytes("OPTIONS sip:self.test SIP/2.0\r\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKx\r\nTo: <sip:self.test>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
        _wire.ExpectResponse(400);
        Assert.Equal(1, _seen);
    }

    bool IAssociationUsers.Owns(string scheme, string peer, SipUri address) => scheme == "Keyed" && peer == "anybody";

    private void Serve(AssociationServerOptions options)
    {
        var offer = new AssociationOffer("Keyed", "self.test", () =>
        {
            var context = new Steps("server", "client", _rounds) { Expires = _ticket is { } ticket ? _noon + ticket : null };
            _contexts.Add(context);
            return context;
        });
        _server = new(options, [offer], this, new SeededRandomSource(4), new(() => _wire.Now, () => _noon))
        {
            Refused = (method, status, why) => _refusals.Add($"{method.Name} {status.ToString(CultureInfo.InvariantCulture)} {why}"),
        };
        _wire.Endpoint.RequestReceived = incoming =>
        {
            if (incoming.Request.Association is not null)
            {
                _seen++;
                incoming.Respond(200);
                return;
            }

            incoming.Protect(_server.Watch(incoming.Flow)!);
            incoming.Respond(401, null, response => _server.WriteChallenge(response, ChallengeKind.UserAgent, offer));
        };
    }

    private SecurityAssociation SignIn(SipFlow flow, string user = "alice")
    {
        if (_server.Associations == 0)
        {
            Ask(flow, null);
            _wire.ExpectResponse(401, flow);
        }

        var opaque = _rounds > 1 ? Next(flow, null, "begin", user) : null;
        return Finish(flow, opaque, user);
    }

    private string Begin(SipFlow flow)
    {
        Ask(flow, null);
        _wire.ExpectResponse(401, flow);
        return Next(flow, null, "begin");
    }

    // One step that is not the last; gives the name of the handshake.
    private string Next(SipFlow flow, string? opaque, string token, string user = "alice")
    {
        Ask(flow, Field(opaque, token), user);
        var challenge = _wire.ExpectResponse(401, flow);
        Assert.True(AuthField.TryParse(challenge.Headers[HeaderName.WwwAuthenticate], out var field));
        Assert.Equal("c2VydmVy", field["gssapi-data"]);
        return field["opaque"]!;
    }

    private SecurityAssociation Finish(SipFlow flow, string? opaque, string user = "alice")
    {
        var association = new SecurityAssociation(
            AssociationRole.Client, new(ChallengeKind.UserAgent, "Keyed", AssociationServerOptions.CommonRealm, "self.test", 4), new Steps("client", "server", 0), new SeededRandomSource(8), opaque);
        var request = Options(user);
        request.Headers.Add(HeaderName.Authorization, association.Complete(Field(opaque, "end"), request).ToString());
        _wire.Says(request, flow);
        var granted = _wire.ExpectResponse(200, flow);
        Assert.Equal(AssociationOutcome.Accepted, association.Check(granted));
        Assert.NotNull(association.Opaque);
        return association;
    }

    private void Signed(SecurityAssociation association)
    {
        var request = Options("alice");
        association.Protect(request);
        _wire.Says(request);
    }

    private void Ask(SipFlow flow, AuthField? field, string user = "alice")
    {
        var request = Options(user);
        if (field is not null)
        {
            request.Headers.Add(HeaderName.Authorization, field.ToString());
        }

        _wire.Says(request, flow);
    }

    private SipRequest Options(string user)
    {
        var number = ++_cseq;
        var text = $"OPTIONS sip:self.test SIP/2.0\r\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bK{number}\r\nFrom: <sip:{user}@self.test>;tag=f\r\nTo: <sip:self.test>\r\n"
            + $"Call-ID: call{number}\r\nCSeq: {number} OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(text), SipLimits.Default, out var message, out _));
        return (SipRequest)message!;
    }

    private static AuthField Field(string? opaque, string token)
    {
        var field = new AuthField("Keyed").WithQuoted("qop", "auth");
        field = opaque is null ? field : field.WithQuoted("opaque", opaque);
        return field.WithQuoted("realm", AssociationServerOptions.CommonRealm).WithQuoted("targetname", "self.test")
            .WithQuoted("gssapi-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(token))).With("version", "4");
    }

    private static string? TokenOf(SipResponse challenge) =>
        AuthField.TryParse(challenge.Headers[HeaderName.WwwAuthenticate], out var field) ? field["gssapi-data"] : null;

    // Established after so many rounds.
    private sealed class Steps(string own, string other, int rounds) : ISecurityContext
    {
        private int _left = rounds;

        public bool MayBlock => false;

        public bool IsEstablished => _left == 0;

        public DateTimeOffset? Expires { get; init; }

        public string? Peer => "anybody";

        public bool IsDisposed { get; private set; }

        public SecurityContextStep Advance(ReadOnlyMemory<byte> token) =>
            --_left == 0 ? new(SecurityContextStatus.Established) : new(SecurityContextStatus.Continue, "server"u8.ToArray());

        public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => signature.Write(HMACSHA256.HashData(Encoding.ASCII.GetBytes(own), text));

        public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => signature.SequenceEqual(HMACSHA256.HashData(Encoding.ASCII.GetBytes(other), text));

        public void Dispose() => IsDisposed = true;
    }
}
