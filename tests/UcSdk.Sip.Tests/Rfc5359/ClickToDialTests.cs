namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.18: a web page asks Alice's phone to call Bob.</summary>
public sealed class ClickToDialTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_18_click_to_dial()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var page = _world.Add("page");
        var referral = page.Refer(alice, ReferTo.To(bob.Uri));
        var call = alice.Obey();
        bob.Answer();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(ReferralReason.Completed, await referral.Ended);
        bob.HangUp(bob.Incoming);
        Assert.Equal(InviteReason.RemoteBye, await call.Ended);
        _world.Said(
            """
            F1 page → alice: REFER sip:alice | 1 REFER | 1a- | to sip:bob | <sip:page@example.com>
            F2 alice → page: 202 Accepted | 1 REFER | 1ab
            F3 alice → page: NOTIFY sip:page | 1 NOTIFY | 1ba | refer | active | SIP/2.0 100 Trying
            F4 alice → bob: INVITE sip:bob | 1 INVITE | 2c- | <sip:page@example.com> | sendrecv
            F5 page → alice: 200 OK | 1 NOTIFY | 1ba
            F6 bob → alice: 180 Ringing | 1 INVITE | 2cd
            F7 alice → page: NOTIFY sip:page | 2 NOTIFY | 1ba | refer | active | SIP/2.0 180 Ringing
            F8 page → alice: 200 OK | 2 NOTIFY | 1ba
            F9 bob → alice: 200 OK | 1 INVITE | 2cd | sendrecv
            F10 alice → bob: ACK sip:bob | 1 ACK | 2cd
            F11 alice → page: NOTIFY sip:page | 3 NOTIFY | 1ba | refer | terminated | SIP/2.0 200 OK
            F12 page → alice: 200 OK | 3 NOTIFY | 1ba
            F13 bob → alice: BYE sip:alice | 1 BYE | 2dc
            F14 alice → bob: 200 OK | 1 BYE | 2dc
            """);
        _world.NothingIsLeft();
    }
}
