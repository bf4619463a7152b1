namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.16: Bob's phone rings, and Carol takes the call.</summary>
public sealed class CallPickupTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_16_call_pickup()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        var call = alice.Call(bob);
        var ringing = bob.Incoming.Dialog!;
        _world.SaidBefore();

        var watch = carol.Watch(bob, "0");
        _world.Do(bob, () =>
        {
            bob.Subscription!.Accept(TimeSpan.FromMinutes(1), "text/plain", ServicePhone.State("early"));
            return true;
        });
        Assert.Equal(SubscriptionState.Terminated, watch.State);
        // Bob's phone tells the dialog as Alice, who is to be called, knows it.
        var picked = carol.Call(alice.Uri, edit: invite =>
        {
            invite.Headers.Add(HeaderName.Replaces, (Replaces.Of(ringing) with { IsEarlyOnly = true }).ToString());
            invite.Headers.Add(HeaderName.Require, Replaces.OptionTag);
        });
        Assert.Equal(InviteReason.LocalCancel, await call.Ended);
        Assert.Equal(InviteReason.RemoteCancel, await bob.Incoming.Ended);
        carol.HangUp(picked);
        _world.Said(
            """
            F1 carol → bob: SUBSCRIBE sip:bob | 1 SUBSCRIBE | 2c- | dialog
            F2 bob → carol: 200 OK | 1 SUBSCRIBE | 2cd
            F3 bob → carol: NOTIFY sip:carol | 1 NOTIFY | 2dc | dialog | terminated | early
            F4 carol → bob: 200 OK | 1 NOTIFY | 2dc
            F5 carol → alice: INVITE sip:alice | 1 INVITE | 3e- | Replaces 1ba early-only | sendrecv
            F6 alice → carol: 200 OK | 1 INVITE | 3ef | sendrecv
            F7 alice → bob: CANCEL sip:bob | 1 CANCEL | 1a-
            F8 carol → alice: ACK sip:alice | 1 ACK | 3ef
            F9 bob → alice: 200 OK | 1 CANCEL | 1ab
            F10 bob → alice: 487 Request Terminated | 1 INVITE | 1ab
            F11 alice → bob: ACK sip:bob | 1 ACK | 1ab
            F12 carol → alice: BYE sip:alice | 2 BYE | 3ef
            F13 alice → carol: 200 OK | 2 BYE | 3ef
            """);
        _world.NothingIsLeft();
    }
}
