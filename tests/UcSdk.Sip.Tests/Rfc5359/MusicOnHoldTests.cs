namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.3: Bob holds Alice, sends her the music server in his place, and takes his place back.</summary>
public sealed class MusicOnHoldTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_3_music_on_hold()
    {
        var alice = _world.Add("alice");
        var bob = _world.Add("bob");
        var music = _world.Add("music");
        var call = alice.Call(bob);
        var held = bob.Answer();
        _world.SaidBefore();

        bob.Reinvite(held, "sendonly");
        var referral = bob.Refer(music, ReferTo.PeerOf(held));
        var played = music.Obey();
        Assert.Equal(InviteReason.LocalBye, await call.Ended);
        Assert.Equal(InviteReason.RemoteBye, await held.Ended);
        Assert.True((await referral.Outcome).IsSuccess);
        _world.Said(
            """
            F1 bob → alice: INVITE sip:alice | 1 INVITE | 1ba | sendonly
            F2 alice → bob: 200 OK | 1 INVITE | 1ba | recvonly
            F3 bob → alice: ACK sip:alice | 1 ACK | 1ba
            F4 bob → music: REFER sip:music | 1 REFER | 2c- | to sip:alice replacing 1ba | <sip:bob@example.com>
            F5 music → bob: 202 Accepted | 1 REFER | 2cd
            F6 music → bob: NOTIFY sip:bob | 1 NOTIFY | 2dc | refer | active | SIP/2.0 100 Trying
            F7 music → alice: INVITE sip:alice | 1 INVITE | 3e- | <sip:bob@example.com> | Replaces 1ba | sendrecv
            F8 bob → music: 200 OK | 1 NOTIFY | 2dc
            F9 alice → music: 200 OK | 1 INVITE | 3ef | sendrecv
            F10 alice → bob: BYE sip:bob | 2 BYE | 1ab
            F11 music → alice: ACK sip:alice | 1 ACK | 3ef
            F12 music → bob: NOTIFY sip:bob | 2 NOTIFY | 2dc | refer | terminated | SIP/2.0 200 OK
            F13 bob → alice: 200 OK | 2 BYE | 1ab
            F14 bob → music: 200 OK | 2 NOTIFY | 2dc
            """);

        var music2 = played.Dialog!;
        // Bob knows the music's dialog from the server; Alice, in whose words it is put, has given it the tag of From.
        var back = bob.Call(alice.Uri, edit: invite => invite.Headers.Add(HeaderName.Replaces, Replaces.Of(music2).ToString()));
        Assert.Equal(InviteReason.RemoteBye, await played.Ended);
        bob.HangUp(back);
        _world.Said(
            """
            F1 bob → alice: INVITE sip:alice | 1 INVITE | 4g- | Replaces 3ef | sendrecv
            F2 alice → bob: 200 OK | 1 INVITE | 4gh | sendrecv
            F3 alice → music: BYE sip:music | 1 BYE | 3fe
            F4 bob → alice: ACK sip:alice | 1 ACK | 4gh
            F5 music → alice: 200 OK | 1 BYE | 3fe
            F6 bob → alice: BYE sip:alice | 2 BYE | 4gh
            F7 alice → bob: 200 OK | 2 BYE | 4gh
            """);
        _world.NothingIsLeft();
    }
}
