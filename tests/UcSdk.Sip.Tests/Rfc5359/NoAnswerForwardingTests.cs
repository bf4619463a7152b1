namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.9: Bob does not answer, and his proxy sends the call to Carol.</summary>
public sealed class NoAnswerForwardingTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_9_call_forwarding_no_answer()
    {
        ServicePhone proxy = null!, bob = null!, carol = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy(
        [
            ServiceWorld.TargetOf(proxy, bob) with { Timeout = TimeSpan.FromSeconds(20) }, ServiceWorld.TargetOf(proxy, carol) with { Q = 0.5 },
        ]));
        var alice = _world.Add("alice");
        bob = _world.Add("bob");
        carol = _world.Add("carol");
        var call = alice.Call(bob.Address.Uri, proxy);
        _world.Advance(TimeSpan.FromSeconds(20));
        carol.Answer();
        alice.HangUp(call);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → bob: INVITE sip:bob | 1 INVITE | 1a- | sendrecv
            F3 bob → proxy: 180 Ringing | 1 INVITE | 1ab
            F4 proxy → alice: 180 Ringing | 1 INVITE | 1ab
            F5 proxy → bob: CANCEL sip:bob | 1 CANCEL | 1a-
            F6 proxy → carol: INVITE sip:carol | 1 INVITE | 1a- | sendrecv
            F7 bob → proxy: 200 OK | 1 CANCEL | 1ab
            F8 bob → proxy: 487 Request Terminated | 1 INVITE | 1ab
            F9 carol → proxy: 180 Ringing | 1 INVITE | 1ac
            F10 proxy → bob: ACK sip:bob | 1 ACK | 1ab
            F11 proxy → alice: 180 Ringing | 1 INVITE | 1ac
            F12 carol → proxy: 200 OK | 1 INVITE | 1ac | sendrecv
            F13 proxy → alice: 200 OK | 1 INVITE | 1ac | sendrecv
            F14 alice → proxy: ACK sip:carol | 1 ACK | 1ac | Route proxy
            F15 proxy → carol: ACK sip:carol | 1 ACK | 1ac
            F16 alice → proxy: BYE sip:carol | 2 BYE | 1ac | Route proxy
            F17 proxy → carol: BYE sip:carol | 2 BYE | 1ac
            F18 carol → proxy: 200 OK | 2 BYE | 1ac
            F19 proxy → alice: 200 OK | 2 BYE | 1ac
            """);
        _world.NothingIsLeft();
    }
}
