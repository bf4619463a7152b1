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

    // The same where a proxy stays in the path: the NOTIFYs go by its Route (RFC 3515 §2.4.4, RFC 6665 §4.3).
    [Fact]
    public async Task Section_2_18_click_to_dial_over_a_proxy()
    {
        ServicePhone proxy = null!, alice = null!;
        proxy = _world.AddProxy("proxy", request => request.Proxy([ServiceWorld.TargetOf(proxy, alice)]));
        alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var page = _world.Add("page");
        var referral = page.Refer(alice, ReferTo.To(bob.Uri), proxy);
        alice.Obey();
        bob.Answer();
        Assert.True((await referral.Outcome).IsSuccess);
        bob.HangUp(bob.Incoming);
        _world.Said(
            """
            F1 page → proxy: REFER sip:alice | 1 REFER | 1a- | Route proxy | to sip:bob | <sip:page@example.com>
            F2 proxy → alice: REFER sip:alice | 1 REFER | 1a- | to sip:bob | <sip:page@example.com>
            F3 alice → proxy: 202 Accepted | 1 REFER | 1ab
            F4 alice → proxy: NOTIFY sip:page | 1 NOTIFY | 1ba | Route proxy | refer | active | SIP/2.0 100 Trying
            F5 alice → bob: INVITE sip:bob | 1 INVITE | 2c- | <sip:page@example.com> | sendrecv
            F6 proxy → page: 202 Accepted | 1 REFER | 1ab
            F7 proxy → page: NOTIFY sip:page | 1 NOTIFY | 1ba | refer | active | SIP/2.0 100 Trying
            F8 bob → alice: 180 Ringing | 1 INVITE | 2cd
            F9 page → proxy: 200 OK | 1 NOTIFY | 1ba
            F10 proxy → alice: 200 OK | 1 NOTIFY | 1ba
            F11 alice → proxy: NOTIFY sip:page | 2 NOTIFY | 1ba | Route proxy | refer | active | SIP/2.0 180 Ringing
            F12 proxy → page: NOTIFY sip:page | 2 NOTIFY | 1ba | refer | active | SIP/2.0 180 Ringing
            F13 page → proxy: 200 OK | 2 NOTIFY | 1ba
            F14 proxy → alice: 200 OK | 2 NOTIFY | 1ba
            F15 bob → alice: 200 OK | 1 INVITE | 2cd | sendrecv
            F16 alice → bob: ACK sip:bob | 1 ACK | 2cd
            F17 alice → proxy: NOTIFY sip:page | 3 NOTIFY | 1ba | Route proxy | refer | terminated | SIP/2.0 200 OK
            F18 proxy → page: NOTIFY sip:page | 3 NOTIFY | 1ba | refer | terminated | SIP/2.0 200 OK
            F19 page → proxy: 200 OK | 3 NOTIFY | 1ba
            F20 proxy → alice: 200 OK | 3 NOTIFY | 1ba
            F21 bob → alice: BYE sip:alice | 1 BYE | 2dc
            F22 alice → bob: 200 OK | 1 BYE | 2dc
            """);
        _world.NothingIsLeft();
    }
}
