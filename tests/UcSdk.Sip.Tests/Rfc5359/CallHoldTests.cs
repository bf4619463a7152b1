namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.1: Bob holds a call that runs over a proxy, and takes it back.</summary>
public sealed class CallHoldTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_1_call_hold()
    {
        ServicePhone proxy = null!, bob = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy([ServiceWorld.TargetOf(proxy, bob)]));
        var alice = _world.Add("alice");
        bob = _world.Add("bob");
        alice.Call(bob.Address.Uri, proxy);
        var call = bob.Answer();
        bob.Reinvite(call, "sendonly");
        bob.Reinvite(call, "sendrecv");
        bob.HangUp(call);
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:bob@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → bob: INVITE sip:bob | 1 INVITE | 1a- | sendrecv
            F3 bob → proxy: 180 Ringing | 1 INVITE | 1ab
            F4 proxy → alice: 180 Ringing | 1 INVITE | 1ab
            F5 bob → proxy: 200 OK | 1 INVITE | 1ab | sendrecv
            F6 proxy → alice: 200 OK | 1 INVITE | 1ab | sendrecv
            F7 alice → proxy: ACK sip:bob | 1 ACK | 1ab | Route proxy
            F8 proxy → bob: ACK sip:bob | 1 ACK | 1ab
            F9 bob → proxy: INVITE sip:alice | 1 INVITE | 1ba | Route proxy | sendonly
            F10 proxy → alice: INVITE sip:alice | 1 INVITE | 1ba | sendonly
            F11 alice → proxy: 200 OK | 1 INVITE | 1ba | recvonly
            F12 proxy → bob: 200 OK | 1 INVITE | 1ba | recvonly
            F13 bob → proxy: ACK sip:alice | 1 ACK | 1ba | Route proxy
            F14 proxy → alice: ACK sip:alice | 1 ACK | 1ba
            F15 bob → proxy: INVITE sip:alice | 2 INVITE | 1ba | Route proxy | sendrecv
            F16 proxy → alice: INVITE sip:alice | 2 INVITE | 1ba | sendrecv
            F17 alice → proxy: 200 OK | 2 INVITE | 1ba | sendrecv
            F18 proxy → bob: 200 OK | 2 INVITE | 1ba | sendrecv
            F19 bob → proxy: ACK sip:alice | 2 ACK | 1ba | Route proxy
            F20 proxy → alice: ACK sip:alice | 2 ACK | 1ba
            F21 bob → proxy: BYE sip:alice | 3 BYE | 1ba | Route proxy
            F22 proxy → alice: BYE sip:alice | 3 BYE | 1ba
            F23 alice → proxy: 200 OK | 3 BYE | 1ba
            F24 proxy → bob: 200 OK | 3 BYE | 1ba
            """);
        _world.NothingIsLeft();
    }
}
