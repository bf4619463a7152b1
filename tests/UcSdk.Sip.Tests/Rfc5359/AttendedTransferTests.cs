namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.5: Bob asks Carol first, and then puts Alice into his place with her.</summary>
public sealed class AttendedTransferTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_5_transfer_attended()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var carol = _world.Add("carol");
        alice.Call(bob);
        var held = bob.Answer();
        bob.Reinvite(held, "sendonly");
        var consultation = bob.Call(carol);
        var asked = carol.Answer();
        bob.Reinvite(consultation, "sendonly");
        _world.SaidBefore();

        var referral = bob.Refer(held, ReferTo.PeerOf(consultation));
        var transferred = alice.Obey();
        Assert.True((await referral.Outcome).IsSuccess);
        Assert.Equal((InviteReason.RemoteBye, InviteReason.LocalBye), (await consultation.Ended, await asked.Ended));
        bob.HangUp(held);
        Assert.Equal(InviteState.Confirmed, transferred.State);
        carol.HangUp(carol.Incoming);
        _world.Said(
            """
            F1 bob → alice: REFER sip:alice | 2 REFER | 1ba | to sip:carol replacing 2cd | <sip:bob>
            F2 alice → bob: 202 Accepted | 2 REFER | 1ba
            F3 alice → bob: NOTIFY sip:bob | 2 NOTIFY | 1ab | refer | active | SIP/2.0 100 Trying
            F4 alice → carol: INVITE sip:carol | 1 INVITE | 3e- | <sip:bob> | Replaces 2cd | sendrecv
            F5 bob → alice: 200 OK | 2 NOTIFY | 1ab
            F6 carol → alice: 200 OK | 1 INVITE | 3ef | sendrecv
            F7 carol → bob: BYE sip:bob | 1 BYE | 2dc
            F8 alice → carol: ACK sip:carol | 1 ACK | 3ef
            F9 alice → bob: NOTIFY sip:bob | 3 NOTIFY | 1ab | refer | terminated | SIP/2.0 200 OK
            F10 bob → carol: 200 OK | 1 BYE | 2dc
            F11 bob → alice: 200 OK | 3 NOTIFY | 1ab
            F12 bob → alice: BYE sip:alice | 3 BYE | 1ba
            F13 alice → bob: 200 OK | 3 BYE | 1ba
            F14 carol → alice: BYE sip:alice | 1 BYE | 3fe
            F15 alice → carol: 200 OK | 1 BYE | 3fe
            """);
        _world.NothingIsLeft();
    }
}
