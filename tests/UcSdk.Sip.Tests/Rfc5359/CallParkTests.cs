namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.15: Bob parks Alice at the park server; from another phone, Carol's, she is picked up again.</summary>
public sealed class CallParkTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_15_call_park()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        var park = _world.Add("park");
        alice.Call(bob);
        var call = bob.Answer();
        _world.SaidBefore();

        var referral = bob.Refer(park, ReferTo.PeerOf(call));
        var parked = park.Obey();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(InviteReason.RemoteBye, await call.Ended);
        var watch = carol.Watch(park, "0");
        var found = Replaces.Of(parked.Dialog!);
        string? told = null;
        watch.NotificationReceived += notify => told = notify.BodyText;
        _world.Do(park, () =>
        {
            park.Subscription!.Accept(TimeSpan.FromMinutes(1), "text/plain", ServicePhone.State("confirmed"));
            return true;
        });
        Assert.Equal("confirmed", told);
        var retrieved = carol.Call(alice.Uri, edit: invite => invite.Headers.Add(HeaderName.Replaces, found.ToString()));
        Assert.Equal(InviteReason.RemoteBye, await parked.Ended);
        carol.HangUp(retrieved);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
