namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.6: Bob tells Alice by instant message whom to call.</summary>
public sealed class InstantMessagingTransferTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Section_2_6_transfer_by_instant_message()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var call = bob.Answer();
        _world.SaidBefore();

        SipUri? told = null;
        alice.Heard = message => told = SipUri.Parse(message.BodyText);
        _ = _world.Do(bob, () =>
        {
            var message = call.CreateRequest(SipMethod.Message);
            message.SetBody("text/plain", ServicePhone.State(carol.Uri.Text));
            return call.SendAsync(message);
        });
        bob.HangUp(call);
        var transferred = alice.Call(told!);
        carol.Answer();
        alice.HangUp(transferred);
        _world.Said(
            """
            F1 bob → alice: MESSAGE sip:alice | 1 MESSAGE | 1ba | sip:carol.example.com:5060;transport=tcp
            F2 alice → bob: 200 OK | 1 MESSAGE | 1ba
            F3 bob → alice: BYE sip:alice | 2 BYE | 1ba
            F4 alice → bob: 200 OK | 2 BYE | 1ba
            F5 alice → carol: INVITE sip:carol | 1 INVITE | 2c- | sendrecv
            F6 carol → alice: 180 Ringing | 1 INVITE | 2cd
            F7 carol → alice: 200 OK | 1 INVITE | 2cd | sendrecv
            F8 alice → carol: ACK sip:carol | 1 ACK | 2cd
            F9 alice → carol: BYE sip:carol | 2 BYE | 2cd
            F10 carol → alice: 200 OK | 2 BYE | 2cd
            """);
        _world.NothingIsLeft();
    }
}
