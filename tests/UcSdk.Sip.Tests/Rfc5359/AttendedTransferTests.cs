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
            @@
            """);
        _world.NothingIsLeft();
    }
}
