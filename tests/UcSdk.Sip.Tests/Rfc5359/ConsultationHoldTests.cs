namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.2: Bob holds Alice, asks Carol, and comes back to Alice.</summary>
public sealed class ConsultationHoldTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_2_consultation_hold()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        var call = alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        var consultation = bob.Call(carol);
        carol.Answer();
        bob.HangUp(consultation);
        bob.Reinvite(held, "sendrecv");
        alice.HangUp(call);
        _world.Said(
            """
            F1 alice → bob: INVITE sip:bob | 1 INVITE | 1a- | sendrecv
            F2 bob → alice: 180 Ringing | 1 INVITE | 1ab
            F3 bob → alice: 200 OK | 1 INVITE | 1ab | sendrecv
            F4 alice → bob: ACK sip:bob | 1 ACK | 1ab
            F5 bob → alice: INVITE sip:alice | 1 INVITE | 1ba | sendonly
            F6 alice → bob: 200 OK | 1 INVITE | 1ba | recvonly
            F7 bob → alice: ACK sip:alice | 1 ACK | 1ba
            F8 bob → carol: INVITE sip:carol | 1 INVITE | 2c- | sendrecv
            F9 carol → bob: 180 Ringing | 1 INVITE | 2cd
            F10 carol → bob: 200 OK | 1 INVITE | 2cd | sendrecv
            F11 bob → carol: ACK sip:carol | 1 ACK | 2cd
            F12 bob → carol: BYE sip:carol | 2 BYE | 2cd
            F13 carol → bob: 200 OK | 2 BYE | 2cd
            F14 bob → alice: INVITE sip:alice | 2 INVITE | 1ba | sendrecv
            F15 alice → bob: 200 OK | 2 INVITE | 1ba | sendrecv
            F16 bob → alice: ACK sip:alice | 2 ACK | 1ba
            F17 alice → bob: BYE sip:bob | 2 BYE | 1ab
            F18 bob → alice: 200 OK | 2 BYE | 1ab
            """);
        _world.NothingIsLeft();
    }
}
