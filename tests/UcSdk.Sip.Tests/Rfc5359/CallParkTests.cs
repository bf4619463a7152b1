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
            F1 bob → park: REFER sip:park | 1 REFER | 2c- | to sip:alice replacing 1ba | <sip:bob@example.com>
            F2 park → bob: 202 Accepted | 1 REFER | 2cd
            F3 park → bob: NOTIFY sip:bob | 1 NOTIFY | 2dc | refer | active | SIP/2.0 100 Trying
            F4 park → alice: INVITE sip:alice | 1 INVITE | 3e- | <sip:bob@example.com> | Replaces 1ba | sendrecv
            F5 bob → park: 200 OK | 1 NOTIFY | 2dc
            F6 alice → park: 200 OK | 1 INVITE | 3ef | sendrecv
            F7 alice → bob: BYE sip:bob | 2 BYE | 1ab
            F8 park → alice: ACK sip:alice | 1 ACK | 3ef
            F9 park → bob: NOTIFY sip:bob | 2 NOTIFY | 2dc | refer | terminated | SIP/2.0 200 OK
            F10 bob → alice: 200 OK | 2 BYE | 1ab
            F11 bob → park: 200 OK | 2 NOTIFY | 2dc
            F12 carol → park: SUBSCRIBE sip:park | 1 SUBSCRIBE | 4g- | dialog
            F13 park → carol: 200 OK | 1 SUBSCRIBE | 4gh
            F14 park → carol: NOTIFY sip:carol | 1 NOTIFY | 4hg | dialog | terminated | confirmed
            F15 carol → park: 200 OK | 1 NOTIFY | 4hg
            F16 carol → alice: INVITE sip:alice | 1 INVITE | 5i- | Replaces 3ef | sendrecv
            F17 alice → carol: 200 OK | 1 INVITE | 5ij | sendrecv
            F18 alice → park: BYE sip:park | 1 BYE | 3fe
            F19 carol → alice: ACK sip:alice | 1 ACK | 5ij
            F20 park → alice: 200 OK | 1 BYE | 3fe
            F21 carol → alice: BYE sip:alice | 2 BYE | 5ij
            F22 alice → carol: 200 OK | 2 BYE | 5ij
            """);
        _world.NothingIsLeft();
    }
}
