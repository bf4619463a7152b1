namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.8: Bob is busy, and his proxy sends the call to Carol.</summary>
public sealed class BusyForwardingTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_8_call_forwarding_busy()
    {
        ServicePhone proxy = null!, bob = null!, carol = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy(
            [ServiceWorld.TargetOf(proxy, bob)],
            new() { Retarget = best => best.StatusCode == StatusCode.BusyHere ? [ServiceWorld.TargetOf(proxy, carol)] : null }));
        var alice = _world.Add("alice");
        bob = _world.Add("bob");
        carol = _world.Add("carol");
        bob.Takes = (_, session) =>
        {
            session.Reject(StatusCode.BusyHere);
            return true;
        };
        var call = alice.Call(bob.Address.Uri, proxy);
        carol.Answer();
        alice.HangUp(call);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → bob: INVITE sip:bob | 1 INVITE | 1a- | sendrecv
            F3 bob → proxy: 486 Busy Here | 1 INVITE | 1ab
            F4 proxy → bob: ACK sip:bob | 1 ACK | 1ab
            F5 proxy → carol: INVITE sip:carol | 1 INVITE | 1a- | sendrecv
            F6 carol → proxy: 180 Ringing | 1 INVITE | 1ac
            F7 proxy → alice: 180 Ringing | 1 INVITE | 1ac
            F8 carol → proxy: 200 OK | 1 INVITE | 1ac | sendrecv
            F9 proxy → alice: 200 OK | 1 INVITE | 1ac | sendrecv
            F10 alice → proxy: ACK sip:carol | 1 ACK | 1ac | Route proxy
            F11 proxy → carol: ACK sip:carol | 1 ACK | 1ac
            F12 alice → proxy: BYE sip:carol | 2 BYE | 1ac | Route proxy
            F13 proxy → carol: BYE sip:carol | 2 BYE | 1ac
            F14 carol → proxy: 200 OK | 2 BYE | 1ac
            F15 proxy → alice: 200 OK | 2 BYE | 1ac
            """);
        _world.NothingIsLeft();
    }
}
