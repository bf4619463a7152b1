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
            @@
            """);
        _world.NothingIsLeft();
    }
}
