using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>
/// Kerberos on the wire ([MS-SIPAE] §4.2), with a KDC that is the test: two REGISTERs instead of NTLM's three, the second signed with keys that the server sees for
/// the first time; and what happens while the KDC is being asked, and when it has no ticket. Strong stands for Kerberos, Plain for NTLM.
/// </summary>
public sealed class KerberosHandshakeTests : IDisposable
{
    private readonly HeldWork _kdc = new();
    private readonly AssociationWorld _world;

    public KerberosHandshakeTests() => _world = new(_kdc);

    private PeerWire Wire => _world.Wire;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_ticket_is_fetched_once_and_the_register_that_brings_it_is_signed()
    {
        _world.StrongContexts.Enqueue(Ticket("AP-REQ"));
        var (_, registering) = _world.Register();
        var first = Wire.ExpectRequest(SipMethod.Register);
        _world.Challenges(first, AssociationWorld.First("Strong"), AssociationWorld.First());
        Wire.ExpectNothing();
        Assert.Equal(1, _kdc.Count);
        EndStep();

        var second = Wire.ExpectRequest(SipMethod.Register);
        Assert.Matches("^Strong qop=\"auth\", realm=\"[^\"]+\", targetname=\"fe.contoso.com\", gssapi-data=\"QVAtUkVR\", version=4, crand=\"[0-9a-f]{8}\", cnum=\"1\", response=\"[0-9a-f]{64}\"$", AssociationWorld.Text(second));
        Assert.Equal((first.CallId, first.CSeq!.Number + 1), (second.CallId, second.CSeq!.Number));
        using var server = AssociationWorld.Server(scheme: "Strong");
        Assert.Equal(AssociationOutcome.Accepted, server.Check(second));
        _world.Answers(server, second, 200, response => AssociationWorld.Granted(second, response, 7200));
        await registering;
        Wire.ExpectNothing();
    }

    [Fact]
    public async Task Without_a_ticket_the_next_scheme_answers_the_same_challenge()
    {
        _world.StrongContexts.Enqueue(Ticket("!no KDC answers"));
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        EndStep();
        var plain = Wire.ExpectRequest(SipMethod.Register);
        Assert.StartsWith("Plain ", AssociationWorld.Text(plain), StringComparison.Ordinal);
        Assert.Equal(0, _kdc.Count);
        _world.Challenges(plain, AssociationWorld.Next("challenge"));
        // The server does not believe the proof either: what was tried is told, each with its reason.
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        var refused = await Assert.ThrowsAsync<SipException>(() => registering);
        Assert.Equal(401, refused.StatusCode);
        Assert.Contains("Strong", refused.Message, StringComparison.Ordinal);
        Assert.Contains("no KDC answers", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Plain", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _kdc.Count);
    }

    [Fact]
    public async Task A_ticket_that_the_server_does_not_take_leads_to_the_next_scheme()
    {
        _world.StrongContexts.Enqueue(Ticket("AP-REQ"));
        var (_, registering) = _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        EndStep();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"), AssociationWorld.First());
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.Next("challenge"));
        using var server = AssociationWorld.Server();
        var last = Wire.ExpectRequest(SipMethod.Register);
        _world.Answers(server, last, 200, response => AssociationWorld.Granted(last, response, 7200));
        await registering;
        Assert.Equal(0, _kdc.Count);
    }

    [Fact]
    public void While_a_new_ticket_is_fetched_the_old_association_signs()
    {
        _world.StrongContexts.Enqueue(Ticket("AP-REQ 1"));
        _world.StrongContexts.Enqueue(Ticket("AP-REQ 2"));
        _world.Register();
        _world.Challenges(Wire.ExpectRequest(SipMethod.Register), AssociationWorld.First("Strong"));
        EndStep();
        using var old = AssociationWorld.Server("0LD", scheme: "Strong");
        var first = Wire.ExpectRequest(SipMethod.Register);
        _world.Answers(old, first, 200, response => AssociationWorld.Granted(first, response, 36000));

        // The association is old: a REGISTER without its signature asks for the next.
        Wire.Advance(AssociationScheme.MaxLife - AssociationScheme.Margin);
        var refresh = Wire.ExpectRequest(SipMethod.Register);
        Assert.Equal(AssociationOutcome.Missing, old.Check(refresh));
        _world.Challenges(refresh, AssociationWorld.First("Strong"));
        Wire.ExpectNothing();
        Assert.Equal(1, _kdc.Count);
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        Assert.Equal(AssociationOutcome.Accepted, old.Check(Wire.ExpectRequest(SipMethod.Options)));

        EndStep();
        using var renewed = AssociationWorld.Server("NEW", scheme: "Strong");
        var again = Wire.ExpectRequest(SipMethod.Register);
        Assert.Contains($"gssapi-data=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes("AP-REQ 2"))}\"", AssociationWorld.Text(again), StringComparison.Ordinal);
        _world.Answers(renewed, again, 200, response => AssociationWorld.Granted(again, response, 36000));
        _ = Wire.Do(() => Wire.Endpoint.SendAsync(Messages.Options(Wire), Wire.Flow));
        Assert.Contains("opaque=\"NEW\"", AssociationWorld.Text(Wire.ExpectRequest(SipMethod.Options)), StringComparison.Ordinal);
    }

    private static KeyedContext Ticket(string token) => new("client", "server", token) { MayBlock = true };

    private void EndStep() => Wire.Do(_kdc.EndNext);
}
