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
            @@
            """);

        var music2 = played.Dialog!;
        // Bob knows the music's dialog from the server; Alice, in whose words it is put, has given it the tag of From.
        var back = bob.Call(alice.Uri, edit: invite => invite.Headers.Add(HeaderName.Replaces, Replaces.Of(music2).ToString()));
        Assert.Equal(InviteReason.RemoteBye, await played.Ended);
        bob.HangUp(back);
        _world.Said(
            """
            @@
            """);
        _world.NothingIsLeft();
    }
}
