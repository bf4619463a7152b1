namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.13: Bob's proxy does not let Alice through to him.</summary>
public sealed class IncomingScreeningTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_13_call_management_incoming_call_screening()
    {
        var proxy = _world.AddProxy("proxy", request => request.Respond(StatusCode.Decline));
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var call = alice.Call(bob.Address.Uri, proxy);
        Assert.Equal(StatusCode.Decline, (await call.Answer).StatusCode);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → alice: 603 Decline | 1 INVITE | 1ab
            F3 alice → proxy: ACK sip:bob@example.com | 1 ACK | 1ab | Route proxy
            """);
        _world.NothingIsLeft();
    }
}
