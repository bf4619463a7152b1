namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.7: Bob's proxy sends his calls to Carol.</summary>
public sealed class UnconditionalForwardingTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_7_call_forwarding_unconditional()
    {
        ServicePhone proxy = null!, carol = null!;
        proxy = _world.AddProxy("proxy", request =>
        {
            request.Respond(StatusCode.CallIsBeingForwarded);
            request.Proxy([ServiceWorld.TargetOf(proxy, carol)]);
        });
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        carol = _world.Add("carol");
        var call = alice.Call(bob.Address.Uri, proxy);
        carol.Answer();
        alice.HangUp(call);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → alice: 181 Call Is Being Forwarded | 1 INVITE | 1ab
            F3 proxy → carol: INVITE sip:carol | 1 INVITE | 1a- | sendrecv
            F4 carol → proxy: 180 Ringing | 1 INVITE | 1ac
            F5 proxy → alice: 180 Ringing | 1 INVITE | 1ac
            F6 carol → proxy: 200 OK | 1 INVITE | 1ac | sendrecv
            F7 proxy → alice: 200 OK | 1 INVITE | 1ac | sendrecv
            F8 alice → proxy: ACK sip:carol | 1 ACK | 1ac | Route proxy
            F9 proxy → carol: ACK sip:carol | 1 ACK | 1ac
            F10 alice → proxy: BYE sip:carol | 2 BYE | 1ac | Route proxy
            F11 proxy → carol: BYE sip:carol | 2 BYE | 1ac
            F12 carol → proxy: 200 OK | 2 BYE | 1ac
            F13 proxy → alice: 200 OK | 2 BYE | 1ac
            """);
        _world.NothingIsLeft();
    }
}
