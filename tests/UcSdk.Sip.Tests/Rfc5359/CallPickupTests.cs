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
            @@
            """);
        _world.NothingIsLeft();
    }
}
