namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.4: Bob transfers Alice to Carol and does not wait for what becomes of it.</summary>
public sealed class UnattendedTransferTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_4_transfer_unattended()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        _world.SaidBefore();

        var referral = bob.Refer(held, ReferTo.To(carol.Uri));
        var transferred = alice.Obey();
        bob.HangUp(held);
        Assert.Equal(InviteReason.LocalBye, await held.Ended);
        Assert.Equal(ReferralState.Following, referral.State);
        carol.Answer();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal(InviteState.Confirmed, transferred.State);
        alice.HangUp(transferred);
        _world.Said(
            """
            F1 bob → alice: REFER sip:alice | 2 REFER | 1ba | to sip:carol | <sip:bob>
            F2 alice → bob: 202 Accepted | 2 REFER | 1ba
            F3 alice → bob: NOTIFY sip:bob | 2 NOTIFY | 1ab | refer | active | SIP/2.0 100 Trying
            F4 alice → carol: INVITE sip:carol | 1 INVITE | 2c- | <sip:bob> | sendrecv
            F5 bob → alice: 200 OK | 2 NOTIFY | 1ab
            F6 carol → alice: 180 Ringing | 1 INVITE | 2cd
            F7 alice → bob: NOTIFY sip:bob | 3 NOTIFY | 1ab | refer | active | SIP/2.0 180 Ringing
            F8 bob → alice: 200 OK | 3 NOTIFY | 1ab
            F9 bob → alice: BYE sip:alice | 3 BYE | 1ba
            F10 alice → bob: 200 OK | 3 BYE | 1ba
            F11 carol → alice: 200 OK | 1 INVITE | 2cd | sendrecv
            F12 alice → carol: ACK sip:carol | 1 ACK | 2cd
            F13 alice → bob: NOTIFY sip:bob | 4 NOTIFY | 1ab | refer | terminated | SIP/2.0 200 OK
            F14 bob → alice: 200 OK | 4 NOTIFY | 1ab
            F15 alice → carol: BYE sip:carol | 2 BYE | 2cd
            F16 carol → alice: 200 OK | 2 BYE | 2cd
            """);
        _world.NothingIsLeft();
    }

    [Fact]
    public async Task Section_2_4_a_transfer_that_fails_brings_the_call_back()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        _world.SaidBefore();

        carol.Takes = (_, session) =>
        {
            session.Reject(StatusCode.BusyHere);
            return true;
        };
        var referral = bob.Refer(held, ReferTo.To(carol.Uri));
        alice.Obey();
        Assert.Equal(StatusCode.BusyHere, (await referral.Outcome).StatusCode);
        bob.Reinvite(held, "sendrecv");
        bob.HangUp(held);
        _world.Said(
            """
            F1 bob → alice: REFER sip:alice | 2 REFER | 1ba | to sip:carol | <sip:bob>
            F2 alice → bob: 202 Accepted | 2 REFER | 1ba
            F3 alice → bob: NOTIFY sip:bob | 2 NOTIFY | 1ab | refer | active | SIP/2.0 100 Trying
            F4 alice → carol: INVITE sip:carol | 1 INVITE | 2c- | <sip:bob> | sendrecv
            F5 bob → alice: 200 OK | 2 NOTIFY | 1ab
            F6 carol → alice: 486 Busy Here | 1 INVITE | 2cd
            F7 alice → carol: ACK sip:carol | 1 ACK | 2cd
            F8 alice → bob: NOTIFY sip:bob | 3 NOTIFY | 1ab | refer | terminated | SIP/2.0 486 Busy Here
            F9 bob → alice: 200 OK | 3 NOTIFY | 1ab
            F10 bob → alice: INVITE sip:alice | 3 INVITE | 1ba | sendrecv
            F11 alice → bob: 200 OK | 3 INVITE | 1ba | sendrecv
            F12 bob → alice: ACK sip:alice | 3 ACK | 1ba
            F13 bob → alice: BYE sip:alice | 4 BYE | 1ba
            F14 alice → bob: 200 OK | 4 BYE | 1ba
            """);
        _world.NothingIsLeft();
    }
}
